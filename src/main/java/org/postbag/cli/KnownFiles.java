package org.postbag.cli;

import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.postbag.extracting.FileReading;
import org.postbag.extracting.FileText;
import org.postbag.extracting.PagePicture;

/** Reads a file once that comes with many items, such as the picture under a signature: scans take long to read. */
final class KnownFiles implements FileReading {

    private static final int KNOWN_MAX = 500;

    private final FileReading files;
    private final Map<String, FileText> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, FileText> eldest) {
            return size() > KNOWN_MAX;
        }
    };

    KnownFiles(FileReading files) {
        this.files = files;
    }

    @Override
    public FileText text(byte[] content) {
        return known.computeIfAbsent(hash(content), _ -> files.text(content));
    }

    @Override
    public PagePicture picture(byte[] content, int page, int width) {
        return files.picture(content, page, width);
    }

    @Override
    public Cut cut(Path file, String mark) {
        return files.cut(file, mark);
    }

    @Override
    public byte[] piece(Path file, Cut.Piece piece) {
        return files.piece(file, piece);
    }

    private static String hash(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
