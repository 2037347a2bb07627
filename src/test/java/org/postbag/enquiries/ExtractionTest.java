package org.postbag.enquiries;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postbag.extracting.ReadingProcesses;
import org.postbag.receiving.Channel;
import org.postbag.work.IndexWork;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Files of mails, read by real processes after filing. */
class ExtractionTest {

    private static final Path LETTERS = Path.of("src/test/resources/items/letter");
    private static final ReadingProcesses READING = new ReadingProcesses(1);
    private static FilingRig rig;

    @BeforeAll
    static void start() {
        rig = new FilingRig();
    }

    @AfterAll
    static void stop() {
        rig.close();
        READING.close();
    }

    @Test
    void aMailsFilesAreReadAfterItIsFiled() throws IOException {
        var files = new LinkedHashMap<String, byte[]>();
        files.put("guidance.docx", docx("The imprint must name the promoter"));
        files.put("scan.png", Files.readAllBytes(LETTERS.resolve("on-its-side.png")));
        files.put("text.pdf", Files.readAllBytes(LETTERS.resolve("never-on-paper.pdf")));
        files.put("locked.pdf", Files.readAllBytes(LETTERS.resolve("encrypted.pdf")));
        files.put("half.pdf", Files.readAllBytes(LETTERS.resolve("half-a-pdf.pdf")));
        files.put("song.mp3", new byte[] {'I', 'D', '3', 4, 0});
        file("mail with files", files);
        long enquiry = rig.enquiryOf("mail with files");
        assertThat(rig.enquiries().files(enquiry))
                .extracting(Enquiry.File::textState)
                .containsOnlyNulls();
        rig.sql().sql("delete from index_work").update();

        extraction().readDue();

        assertThat(rig.enquiries().files(enquiry))
                .extracting(Enquiry.File::textState)
                .containsExactly("read", "read", "read", "encrypted", "broken", "other-kind");
        assertThat(rig.text(
                        "select string_agg(text, ' ' order by position) from attachment where enquiry_id = " + enquiry))
                .contains("The imprint must name the promoter", "Margaret Llewellyn", "Exeter Residents' Association");
        assertThat(rig.count("extraction_work")).isZero();
        assertThat(rig.count("index_work where enquiry_id = " + enquiry)).isOne();
    }

    @Test
    void whatWasLeftHalfWayIsReadAgainLaterAndGivenUpInTheEnd() {
        file("mail left half-way", Map.of("a.bin", new byte[] {1, 2, 3}));
        long enquiry = rig.enquiryOf("mail left half-way");
        rig.sql()
                .sql("update extraction_work set tries = 1, due_at = now() + interval '100 years'")
                .update();

        extraction().readDue();
        assertThat(rig.count("extraction_work where enquiry_id = " + enquiry)).isOne();

        rig.sql()
                .sql("update extraction_work set tries = 9, due_at = '2026-01-01T00:00:00Z'")
                .update();
        extraction().readDue();

        assertThat(rig.enquiries().files(enquiry))
                .extracting(Enquiry.File::textState)
                .containsExactly("too-much");
        assertThat(rig.count("extraction_work where enquiry_id = " + enquiry)).isZero();
    }

    private static Extraction extraction() {
        return new Extraction(
                rig.enquiries(),
                READING,
                rig.bean(IndexWork.class),
                rig.bean(JdbcClient.class),
                rig.bean(TransactionTemplate.class),
                Clock.offset(rig.bean(Clock.class), Duration.ofDays(365)));
    }

    private static void file(String label, Map<String, byte[]> files) {
        var mail = new StringBuilder("""
                From: Ann Example <ann@example.org>
                Subject: %s
                Message-ID: <%s@example.org>
                MIME-Version: 1.0
                Content-Type: multipart/mixed; boundary=x

                --x
                Content-Type: text/plain

                See the files.
                """.formatted(label, label.replace(' ', '-')));
        files.forEach((name, content) ->
                mail.append("""
                --x
                Content-Type: application/octet-stream
                Content-Disposition: attachment; filename="%s"
                Content-Transfer-Encoding: base64

                %s
                """.formatted(name, Base64.getMimeEncoder().encodeToString(content))));
        mail.append("--x--\n");
        var content =
                mail.toString().replace("\r\n", "\n").replace("\n", "\r\n").getBytes(US_ASCII);
        rig.filer().file(List.of(rig.items.raw(label, Channel.EMAIL, TestItems.START, null, content)));
    }

    private static byte[] docx(String text) throws IOException {
        try (var document = new XWPFDocument()) {
            document.createParagraph().createRun().setText(text);
            var out = new ByteArrayOutputStream();
            document.write(out);
            return out.toByteArray();
        }
    }
}
