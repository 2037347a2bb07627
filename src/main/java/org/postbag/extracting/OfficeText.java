package org.postbag.extracting;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.ZipInputStream;
import javax.swing.text.BadLocationException;
import javax.swing.text.rtf.RTFEditorKit;
import org.apache.poi.EncryptedDocumentException;
import org.apache.poi.extractor.ExtractorFactory;
import org.apache.poi.poifs.crypt.Decryptor;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.jsoup.Jsoup;
import org.jsoup.parser.Parser;

/** What office documents say: Word, Excel and PowerPoint of both kinds, OpenDocument and RTF. */
final class OfficeText {

    private static final byte[] ZIP = {'P', 'K', 3, 4};
    private static final byte[] OLE2 = {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0};
    private static final byte[] RTF = {'{', '\\', 'r', 't', 'f'};

    /** Unpacked. */
    private static final int OPEN_DOCUMENT_BYTES_MAX = 64 * 1024 * 1024;

    private static final int ENTRIES_MAX = 10_000;
    private static final String BOMB = "Zip bomb detected";

    private OfficeText() {}

    /**
     * Empty for what is none.
     *
     * @throws Unopened if it is protected
     * @throws IOException if it is damaged
     */
    static Optional<String> of(byte[] content) throws IOException {
        if (starts(content, RTF)) {
            return Optional.of(rtf(content));
        }
        if (starts(content, ZIP)) {
            return zipped(content);
        }
        return starts(content, OLE2) ? compound(content) : Optional.empty();
    }

    /** Whether it begins as one does, or as an archive. */
    static boolean isOne(byte[] content) {
        return starts(content, RTF) || starts(content, ZIP) || starts(content, OLE2);
    }

    private static Optional<String> office(byte[] content) throws IOException {
        try (var extractor = ExtractorFactory.createExtractor(new ByteArrayInputStream(content))) {
            return Optional.of(extractor.getText().strip());
        } catch (EncryptedDocumentException locked) {
            throw new Unopened(FileText.Reason.ENCRYPTED);
        } catch (IllegalArgumentException otherKind) {
            // A program's own file.
            return Optional.empty();
        } catch (IOException broken) {
            // POI has no exception of its own for what unpacks to more than it should.
            throw String.valueOf(broken.getMessage()).startsWith(BOMB)
                    ? new Unopened(FileText.Reason.TOO_LARGE)
                    : broken;
        }
    }

    /** The older kinds, and the newer ones under a password, which lie in a file of an older kind (MS-OFFCRYPTO, 1.3.3). */
    private static Optional<String> compound(byte[] content) throws IOException {
        try {
            return office(content);
        } catch (Unopened unopened) {
            throw unopened;
        } catch (IOException broken) {
            throw isLocked(content) ? new Unopened(FileText.Reason.ENCRYPTED) : broken;
        }
    }

    private static boolean isLocked(byte[] content) {
        try (var files = new POIFSFileSystem(new ByteArrayInputStream(content))) {
            return files.getRoot().hasEntryCaseInsensitive(Decryptor.DEFAULT_POIFS_ENTRY);
        } catch (IOException | RuntimeException broken) {
            return false;
        }
    }

    private static String rtf(byte[] content) throws IOException {
        var kit = new RTFEditorKit();
        var document = kit.createDefaultDocument();
        try {
            kit.read(new ByteArrayInputStream(content), document, 0);
            return document.getText(0, document.getLength()).strip();
        } catch (BadLocationException broken) {
            throw new IOException(broken);
        }
    }

    /** OpenDocument's text is in one file of the archive (OASIS OpenDocument 1.3, part 2); Office's has a list of types. Any other archive stays packed. */
    private static Optional<String> zipped(byte[] content) throws IOException {
        try (var zip = new ZipInputStream(new ByteArrayInputStream(content))) {
            boolean open = false;
            int entries = 0;
            for (var entry = zip.getNextEntry(); entry != null && entries++ < ENTRIES_MAX; entry = zip.getNextEntry()) {
                if (entry.getName().equals("[Content_Types].xml")) {
                    return office(content);
                } else if (entry.getName().equals("mimetype")) {
                    open = new String(zip.readNBytes(100), StandardCharsets.US_ASCII).contains("opendocument");
                } else if (entry.getName().equals("META-INF/manifest.xml")
                        && open
                        && text(zip).contains("encryption-data")) {
                    throw new Unopened(FileText.Reason.ENCRYPTED);
                } else if (open && entry.getName().equals("content.xml")) {
                    return Optional.of(words(text(zip)));
                }
            }
            return Optional.empty();
        }
    }

    private static String text(InputStream in) throws IOException {
        var bytes = in.readNBytes(OPEN_DOCUMENT_BYTES_MAX + 1);
        if (bytes.length > OPEN_DOCUMENT_BYTES_MAX) {
            throw new Unopened(FileText.Reason.TOO_LARGE);
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static String words(String xml) {
        var lines = new StringBuilder();
        for (var paragraph : Jsoup.parse(xml, Parser.xmlParser()).select("text|p, text|h")) {
            lines.append(paragraph.text()).append('\n');
        }
        return lines.toString().strip();
    }

    private static boolean starts(byte[] content, byte[] with) {
        return content.length >= with.length && Arrays.equals(content, 0, with.length, with, 0, with.length);
    }
}
