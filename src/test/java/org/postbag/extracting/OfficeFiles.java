package org.postbag.extracting;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;
import org.apache.poi.hslf.usermodel.HSLFSlideShow;
import org.apache.poi.hssf.record.crypto.Biff8EncryptionKey;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.hwpf.HWPFDocument;
import org.apache.poi.poifs.crypt.EncryptionInfo;
import org.apache.poi.poifs.crypt.EncryptionMode;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.apache.poi.sl.usermodel.SlideShow;
import org.apache.poi.ss.usermodel.Workbook;
import org.apache.poi.xslf.usermodel.XMLSlideShow;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.apache.poi.xwpf.usermodel.XWPFDocument;

/** Documents of each kind that are read, made up here. */
enum OfficeFiles {
    DOC,
    DOCX,
    XLS,
    XLSX,
    PPT,
    PPTX,
    ODT,
    ODS,
    ODP,
    RTF,
    PDF;

    static final String TEXT = "The imprint must name the promoter";
    private static final String PASSWORD = "promoter";

    /** Made by LibreOffice from one line of text: nothing else here can make one. */
    private static final Path A_DOC = Path.of("src/test/resources/items/office/letter.doc");

    byte[] plain() throws IOException {
        return switch (this) {
            case DOC -> Files.readAllBytes(A_DOC);
            case DOCX -> docx(TEXT);
            case XLS -> sheet(new HSSFWorkbook());
            case XLSX -> sheet(new XSSFWorkbook());
            case PPT -> slides(new HSLFSlideShow());
            case PPTX -> slides(new XMLSlideShow());
            case ODT -> openDocument("text", "<office:text><text:p>" + TEXT + "</text:p></office:text>", false);
            case ODS ->
                openDocument(
                        "spreadsheet",
                        "<office:spreadsheet><table:table><table:table-row><table:table-cell><text:p>" + TEXT
                                + "</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet>",
                        false);
            case ODP ->
                openDocument(
                        "presentation",
                        "<office:presentation><draw:page><draw:frame><draw:text-box><text:p>" + TEXT
                                + "</text:p></draw:text-box></draw:frame></draw:page></office:presentation>",
                        false);
            case RTF ->
                ("{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0 Arial;}}\\f0 " + TEXT + "\\par Caf\\'e9}")
                        .getBytes(US_ASCII);
            case PDF -> pdf(false);
        };
    }

    /** Protected by a password; RTF can't be. */
    byte[] encrypted() throws Exception {
        return switch (this) {
            case DOC ->
                legacy(() -> {
                    try (var document = new HWPFDocument(new ByteArrayInputStream(plain()))) {
                        return written(document::write);
                    }
                });
            case XLS -> legacy(() -> sheet(new HSSFWorkbook()));
            case PPT -> legacy(() -> slides(new HSLFSlideShow()));
            case DOCX, XLSX, PPTX -> agile(plain());
            case ODT, ODS, ODP -> openDocument("text", "", true);
            case PDF -> pdf(true);
            case RTF -> throw new IllegalStateException("RTF knows no password");
        };
    }

    /** The same archive, of which each file of text is replaced by another that is 100 MB of blanks. */
    byte[] bomb() throws IOException {
        return changed(out -> {
            var blanks = new byte[1 << 20];
            Arrays.fill(blanks, (byte) ' ');
            out.write("<a>".getBytes(UTF_8));
            for (int i = 0; i < 100; i++) {
                out.write(blanks);
            }
            out.write("</a>".getBytes(UTF_8));
        });
    }

    /** The same archive, of which each file of text is replaced by elements within elements. */
    byte[] deep() throws IOException {
        int depth = 200_000;
        return changed(out -> out.write(("<a>".repeat(depth) + "</a>".repeat(depth)).getBytes(UTF_8)));
    }

    private interface Writing {
        void to(java.io.OutputStream out) throws IOException;
    }

    private static byte[] written(Writing writing) throws IOException {
        var out = new ByteArrayOutputStream();
        writing.to(out);
        return out.toByteArray();
    }

    private byte[] changed(Writing inPlace) throws IOException {
        var entries = new LinkedHashMap<String, byte[]>();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(plain()))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries.put(entry.getName(), zip.readAllBytes());
            }
        }
        return written(out -> {
            try (var zip = new ZipOutputStream(out)) {
                for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                    zip.putNextEntry(new ZipEntry(entry.getKey()));
                    if (entry.getKey().matches("content.xml|.*/(document|sharedStrings|sheet1|slide1)\\.xml")) {
                        inPlace.to(zip);
                    } else {
                        zip.write(entry.getValue());
                    }
                }
            }
        });
    }

    private static byte[] docx(String text) throws IOException {
        try (var document = new XWPFDocument()) {
            document.createParagraph().createRun().setText(text);
            return written(document::write);
        }
    }

    private static byte[] sheet(Workbook book) throws IOException {
        try (book) {
            book.createSheet("Spending").createRow(3).createCell(2).setCellValue(TEXT);
            return written(book::write);
        }
    }

    private static byte[] slides(SlideShow<?, ?> show) throws IOException {
        try (show) {
            var box = show.createSlide().createTextBox();
            box.setAnchor(new java.awt.Rectangle(10, 10, 400, 100));
            box.setText(TEXT);
            return written(show::write);
        }
    }

    private static byte[] pdf(boolean locked) throws IOException {
        try (var document = new PDDocument()) {
            var page = new PDPage();
            document.addPage(page);
            try (var content = new PDPageContentStream(document, page)) {
                content.beginText();
                content.setFont(new PDType1Font(FontName.HELVETICA), 12);
                content.newLineAtOffset(50, 700);
                content.showText(TEXT);
                content.endText();
            }
            if (locked) {
                document.protect(new StandardProtectionPolicy("owner", PASSWORD, new AccessPermission()));
            }
            return written(document::save);
        }
    }

    /** As OASIS OpenDocument 1.3, part 2, has it: the type first and not packed. */
    private static byte[] openDocument(String type, String body, boolean locked) throws IOException {
        var mime = ("application/vnd.oasis.opendocument." + type).getBytes(US_ASCII);
        return written(out -> {
            try (var zip = new ZipOutputStream(out)) {
                var first = new ZipEntry("mimetype");
                first.setMethod(ZipEntry.STORED);
                first.setSize(mime.length);
                var sum = new CRC32();
                sum.update(mime);
                first.setCrc(sum.getValue());
                zip.putNextEntry(first);
                zip.write(mime);
                zip.putNextEntry(new ZipEntry("META-INF/manifest.xml"));
                zip.write(("<manifest:manifest><manifest:file-entry manifest:full-path=\"content.xml\">"
                                + (locked ? "<manifest:encryption-data/>" : "")
                                + "</manifest:file-entry></manifest:manifest>")
                        .getBytes(UTF_8));
                zip.putNextEntry(new ZipEntry("content.xml"));
                zip.write(
                        locked
                                ? new byte[] {7, 1, 9, 3, 0, 2}
                                : ("<?xml version=\"1.0\"?><office:document-content><office:body>" + body
                                                + "</office:body></office:document-content>")
                                        .getBytes(UTF_8));
            }
        });
    }

    private interface Making {
        byte[] make() throws IOException;
    }

    private static byte[] legacy(Making making) throws IOException {
        Biff8EncryptionKey.setCurrentUserPassword(PASSWORD);
        try {
            return making.make();
        } finally {
            Biff8EncryptionKey.setCurrentUserPassword(null);
        }
    }

    private static byte[] agile(byte[] document) throws Exception {
        try (var files = new POIFSFileSystem()) {
            var encryptor = new EncryptionInfo(EncryptionMode.agile).getEncryptor();
            encryptor.confirmPassword(PASSWORD);
            try (var out = encryptor.getDataStream(files)) {
                out.write(document);
            }
            return written(files::writeFilesystem);
        }
    }
}
