package org.postbag.enquiries;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.MessageSource;
import org.springframework.context.support.ResourceBundleMessageSource;

class AcknowledgementMailTest {

    private static final String REFERENCE = "7K4M-2Q9D-6HTA";
    private static final Instant NOW = Instant.parse("2026-03-03T16:05:00Z");

    private static MimeMessage mail(@Nullable String messageId, String language) throws Exception {
        return new AcknowledgementMail(
                        new AcknowledgementSettings(true, "enquiries@body.example"),
                        body("Swyddfa Etholiadau", "drwy’r dydd"),
                        messages())
                .of(new InternetAddress("jane@example.org"), REFERENCE, messageId, language, NOW);
    }

    private static AcknowledgingBody body(@Nullable String welshName, @Nullable String welshHours) {
        return new AcknowledgingBody(
                "Swyddfa’r Etholiadau / Office for Elections",
                welshName,
                "03069 990 123",
                "all day",
                welshHours,
                "info@body.example",
                10);
    }

    private static MessageSource messages() {
        var messages = new ResourceBundleMessageSource();
        messages.setBasename("messages");
        messages.setDefaultEncoding(UTF_8.name());
        messages.setFallbackToSystemLocale(false);
        return messages;
    }

    @Test
    void itSaysThatTheMailHasComeAndWhatToQuote() throws Exception {
        var mail = mail("abc.123@example.org", "en");

        assertThat(mail.getSubject()).isEqualTo("We have your message: " + REFERENCE);
        assertThat((String) mail.getContent())
                .contains(REFERENCE)
                .contains("within 10 working days")
                .contains("03069 990 123 (all day)");
        assertThat(((InternetAddress) mail.getFrom()[0]).getAddress()).isEqualTo("enquiries@body.example");
        assertThat(mail.getHeader("Content-Language", null)).isEqualTo("en");
    }

    @Test
    void itIsKnownAsAutomaticAndTiedToWhatItAnswers() throws Exception {
        var mail = mail("abc.123@example.org", "en");

        assertThat(mail.getHeader("Auto-Submitted", null)).isEqualTo("auto-replied");
        assertThat(mail.getHeader("X-Auto-Response-Suppress", null)).isEqualTo("All");
        assertThat(mail.getHeader("In-Reply-To", null)).isEqualTo("<abc.123@example.org>");
        assertThat(mail.getHeader("References", null)).isEqualTo("<abc.123@example.org>");
        assertThat(mail.getMessageID()).isEqualTo("<7k4m-2q9d-6hta.acknowledgement@body.example>");
    }

    @Test
    void inWelshItIsWelsh() throws Exception {
        var mail = mail(null, "cy");

        assertThat(mail.getSubject()).isEqualTo("Mae eich neges wedi cyrraedd: " + REFERENCE);
        assertThat((String) mail.getContent())
                .contains("Diolch am ysgrifennu at Swyddfa Etholiadau.")
                .contains(REFERENCE)
                .contains("o fewn 10 diwrnod gwaith")
                .contains("03069 990 123 (drwy’r dydd)")
                .doesNotContain("all day")
                .doesNotContain("Thank you");
        assertThat(mail.getHeader("Content-Language", null)).isEqualTo("cy");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a@b\r\nBcc: victim@example.org",
                "a@b>\n\nText of a stranger",
                "a b@c",
                "ä@example.org",
                "",
                "no-at-sign",
                "a@b@c <script>"
            })
    void anIdThatIsNoneStandsInNoField(String messageId) throws Exception {
        var mail = mail(messageId, "en");
        var written = new ByteArrayOutputStream();
        mail.writeTo(written);

        assertThat(mail.getHeader("In-Reply-To")).isNull();
        assertThat(mail.getHeader("References")).isNull();
        assertThat(written.toString(UTF_8)).doesNotContain("victim").doesNotContain("stranger");
    }

    @Test
    void anAddressThatIsNoneStopsTheProgramAtItsStart() {
        assertThatThrownBy(() -> new AcknowledgementMail(
                        new AcknowledgementSettings(true, "not an address"), body(null, null), messages()))
                .hasMessageContaining("postbag.acknowledgement.from");
    }
}
