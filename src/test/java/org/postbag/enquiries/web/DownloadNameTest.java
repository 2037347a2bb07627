package org.postbag.enquiries.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DownloadNameTest {

    @ParameterizedTest
    @CsvSource({
        "council-letter.pdf, 'attachment; filename=\"council-letter.pdf\"; filename*=UTF-8''''council-letter.pdf'",
        "Lythyr o'r cyngor.pdf, 'attachment; filename=\"Lythyr o_r cyngor.pdf\"; filename*=UTF-8''''Lythyr%20o%27r%20cyngor.pdf'",
        "tŷ.txt, 'attachment; filename=\"t_.txt\"; filename*=UTF-8''''t%C5%B7.txt'"
    })
    void aNameIsSentAsItWasWritten(String name, String disposition) {
        assertThat(DownloadName.disposition(name)).isEqualTo(disposition);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\r\nSet-Cookie: x=1",
                "a\"; filename=\"b.exe",
                "../../etc/passwd",
                "C:\\windows\\a.exe",
                "<script>alert(1)</script>.html",
                "a\u0000b",
                "\ud800.pdf"
            })
    void aHostileNameEndsNoHeaderAndNamesNoFolder(String name) {
        var disposition = DownloadName.disposition(name);

        assertThat(disposition)
                .matches("attachment; filename=\"[A-Za-z0-9._ ()-]+\"; filename\\*=UTF-8''[A-Za-z0-9!#$&+.^_`|~%-]+")
                .doesNotContain("%2F", "%5C", "%0D", "%0A", "%00", "..%");
    }

    @Test
    void aNameThatTurnsTheWritingDirectionIsShownAsItReallyEnds() {
        assertThat(DownloadName.disposition("invoice\u202efdp.exe")).contains("filename=\"invoicefdp.exe\"");
    }

    @Test
    void aNameOfNothingIsFile() {
        assertThat(DownloadName.disposition("\u202e\u0001 ")).contains("filename=\"file\"");
    }

    @Test
    void aLongNameKeepsItsEnd() {
        var disposition = DownloadName.disposition("😀".repeat(500) + ".pdf");

        assertThat(disposition).contains("_.pdf\"").hasSizeLessThan(1000);
    }
}
