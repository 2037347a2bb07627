package org.postbag.normalising;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postbag.extracting.FileReading;
import org.postbag.extracting.FileText;
import org.postbag.extracting.FileText.NotRead;
import org.postbag.extracting.FileText.Read;
import org.postbag.extracting.FileText.Reason;

/** Text and HTML are read whatever is said of them; what is no text goes to where files are opened, which is nowhere here. */
class AttachmentTextTest {

    private static final String TEXT = "Caf\u00e9 T\u0177 Glas, \u00a320 at the polling station \u2013 or so";

    @ParameterizedTest
    @CsvSource({
        "a.txt,  text/plain,                UTF-8",
        "a.txt,  application/octet-stream,  UTF-8",
        "a.TXT,  application/octet-stream,  UTF-16",
        "a.txt,  text/plain,                windows-1252",
        "a.csv,  application/vnd.ms-excel,  windows-1252",
    })
    void textIsReadInTheCharsetThatItsBytesAreIn(String name, String type, String charset) {
        // Windows-1252 has no y with a circumflex.
        var text = charset.startsWith("windows") ? TEXT.replace('\u0177', 'y') : TEXT;

        assertThat(read(name, type, text.getBytes(Charset.forName(charset)))).isEqualTo(text);
    }

    @Test
    void aByteOrderMarkTellsWhereTheTextDoesNot() {
        var marked = ("\ufeff" + TEXT).getBytes(UTF_16LE);
        assertThat(read("a.txt", "text/plain", marked)).isEqualTo(TEXT);
    }

    @ParameterizedTest
    @CsvSource({"a.html, text/html", "a.htm, application/octet-stream", "a, application/xhtml+xml"})
    void htmlIsReadAsText(String name, String type) {
        var html = "<meta charset=iso-8859-1><style>p {}</style><p>Caf\u00e9</p><script>alert(1)</script>";
        assertThat(read(name, type, html.getBytes(UTF_8))).contains("Caf\u00e9").doesNotContain("alert", "p {}");
    }

    @Test
    void deeplyNestedHtmlHarmsNobody() {
        var html = "<div>".repeat(400_000) + "deep" + "</div>".repeat(400_000);
        assertThat(text("a.html", "text/html", html.getBytes(UTF_8))).isNotNull();
    }

    @Test
    void anEmptyTextSaysNothingAndOneThatIsTooLargeSaysSo() {
        assertThat(read("a.txt", "text/plain", new byte[0])).isEmpty();

        var large = new byte[6 * 1024 * 1024];
        Arrays.fill(large, (byte) 'x');
        assertThat(text("a.txt", "text/plain", large)).isEqualTo(new NotRead(Reason.TOO_LARGE));
    }

    @ParameterizedTest
    @CsvSource({
        "'%PDF-1.7 x', text/plain",
        "'{\\rtf1 x}', text/rtf",
        "'PK\u0003\u0004 x', text/plain",
        "x, application/pdf"
    })
    void whatIsNoTextIsOpenedElsewhere(String content, String type) {
        assertThat(text("a.bin", type, content.getBytes(ISO_8859_1))).isEqualTo(new NotRead(Reason.NO_READER));
    }

    @ParameterizedTest
    @CsvSource({"BMW owners may vote wherever they live", "Of the PDF I know that it begins with %PDF-1.4"})
    void textThatOnlyLooksLikeAFileIsText(String text) {
        assertThat(read("a.txt", "text/plain", text.getBytes(UTF_8))).isEqualTo(text);
    }

    private static String read(String name, String type, byte[] content) {
        return ((Read) text(name, type, content)).text();
    }

    private static FileText text(String name, String type, byte[] content) {
        return AttachmentText.of(new Attachment(name, type, content), FileReading.NONE);
    }
}
