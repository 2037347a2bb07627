package org.postbag.normalising.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class NewPartTest {

    private static String reply(String text) {
        return NewPart.of(text, text);
    }

    /** Each line of a table without its language; the tables are files, since some languages need marks that are not allowed in source. */
    private static List<String> entries(String table) throws IOException {
        try (var lines = Files.lines(Path.of("src/test/resources/org/postbag/normalising/mail", table))) {
            return lines.filter(line -> !line.startsWith("#"))
                    .map(line -> line.substring(4))
                    .toList();
        }
    }

    static List<String> attributions() throws IOException {
        return entries("attributions.txt");
    }

    static List<String> announcements() throws IOException {
        return entries("copied-headers.txt");
    }

    @ParameterizedTest
    @MethodSource("attributions")
    void whatIsQuotedBelowAnAttributionIsLeftOut(String attribution) {
        assertThat(reply("Yes, thank you.\n\n" + attribution.replace('|', '\n')
                        + "\n\n> Do you have a polling card?\n> Reply soon."))
                .isEqualTo("Yes, thank you.");
    }

    @ParameterizedTest
    @MethodSource("attributions")
    void whatStandsUnmarkedBelowAnAttributionIsLeftOut(String attribution) {
        assertThat(reply("Yes, thank you.\n" + attribution.replace('|', '\n')
                        + "\n\nDo you have a polling card?\nReply soon."))
                .isEqualTo("Yes, thank you.");
    }

    @ParameterizedTest
    @MethodSource("attributions")
    void anAnswerBelowTheQuoteIsKept(String attribution) {
        assertThat(reply(attribution.replace('|', '\n') + "\n> Do you have a polling card?\n\nYes, I have one."))
                .isEqualTo("Yes, I have one.");
    }

    @ParameterizedTest
    @MethodSource("announcements")
    void whatStandsBelowACopiedHeaderIsLeftOut(String header) {
        assertThat(reply("Yes, thank you.\n\n" + header.replace('|', '\n') + "\n\nDo you have a polling card?"))
                .isEqualTo("Yes, thank you.");
    }

    @ParameterizedTest
    @MethodSource("announcements")
    void aMailThatOnlyForwardsSaysWhatItForwards(String header) {
        assertThat(reply(header.replace('|', '\n') + "\n\nDo you have a polling card?"))
                .isEqualTo("Do you have a polling card?");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sent from my iPhone",
                "Sent from Outlook for Android<https://aka.ms/AAb9ysg>",
                "Get Outlook for iOS",
                "Sent from Yahoo Mail on Android",
                "Sent with Proton Mail secure email.",
                "Sent via BlackBerry",
                "Sent from my Galaxy",
                "Anfonwyd o fy iPhone",
                "Envoyé de mon iPhone",
                "Télécharger Outlook pour iOS",
                "Von meinem iPhone gesendet",
                "Gesendet mit der GMX Mail App",
                "Enviado desde mi iPhone",
                "Enviado do meu iPhone",
                "Inviato da iPhone",
                "Verstuurd vanaf mijn iPhone",
                "Wysłane z iPhone'a",
                "Odesláno z iPhonu",
                "Odoslané z iPhonu",
                "Az iPhone-omról küldve",
                "Trimis de pe iPhone-ul meu",
                "Skickat från min iPhone",
                "Sendt fra min iPhone",
                "Lähetetty iPhonesta",
                "Saadetud minu iPhone'ist",
                "Nosūtīts no mana iPhone",
                "Išsiųsta iš mano iPhone",
                "Στάλθηκε από το iPhone μου",
                "iPhone'umdan gönderildi",
                "Отправлено с iPhone",
                "Надіслано з iPhone",
                "Изпратено от моя iPhone",
                "Послато са мог iPhone-а",
                "أُرسلت من الـ iPhone",
                "נשלח מה-iPhone שלי",
                "ارسال شده از iPhone من",
                "मेरे iPhone से भेजा गया",
                "আমার iPhone থেকে পাঠানো",
                "میرے iPhone سے بھیجا گیا",
                "发自我的 iPhone",
                "從我的 iPhone 傳送",
                "iPhoneから送信",
                "나의 iPhone에서 보냄",
                "Đã gửi từ iPhone của tôi",
                "ส่งจาก iPhone ของฉัน",
                "Dikirim dari iPhone saya"
            })
    void whatADeviceAddsIsLeftOut(String device) {
        assertThat(reply("Yes, thank you.\n\n" + device)).isEqualTo("Yes, thank you.");
        assertThat(reply("Yes, thank you.\n" + device
                        + "\n\nOn 2 Mar 2026, at 10:00, Enquiries <a@example.org> wrote:\n\n> When?"))
                .isEqualTo("Yes, thank you.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "On Monday I wrote to you at office@example.org about my card.\nNobody has answered:\n\nwhat now?",
                "The clerk wrote that it is late. Here is why:\n\nThe post is slow.",
                "From: my point of view\nTo: be frank\nthis is late.",
                "Date: 2 March\nName: Mair\nSubject: polling card\nMy question is this.",
                "I have two questions.\n\n-----\n\nWhen does the poll open?\n\n-----\n\nWhere is the hall?",
                "Sent by post on Monday was my form, and by fax on Tuesday.\nIt is not there.",
                "My neighbour said:\n\nthe polls are closed.",
                "Rates at 2 March 2026 10:00:\n\n5 and 6.",
                "Steps:\n\n1. write\n2. send",
                "Original message lost, sorry. Here it is again:\n\nHello."
            })
    void whatAPersonWritesIsKept(String text) {
        assertThat(reply(text)).isEqualTo(text);
    }

    @Test
    void answersBetweenTheQuestionsAreKeptWithThem() {
        assertThat(
                        reply(
                                "On 2 Mar 2026, at 10:00, Enquiries <a@example.org> wrote:\n\n> When?\n\nIn May.\n\n> Where?\n\nIn the hall.\n\n> Regards\n> Huw"))
                .isEqualTo("\n> When?\n\nIn May.\n\n> Where?\n\nIn the hall.".strip());
    }

    @Test
    void aQuoteChosenByHandIsKeptAboveItsAnswer() {
        assertThat(reply("> Nobody may vote twice\n\nThen why did they?"))
                .isEqualTo("> Nobody may vote twice\n\nThen why did they?");
    }

    @Test
    void aNameBelowTheQuoteIsASignature() {
        assertThat(
                        reply(
                                "No, I moved.\n\nOn 2 Mar 2026, at 10:00, Enquiries <a@example.org> wrote:\n> When?\n> Where?\n\nKind regards\nMair Evans\n029 2000 0000"))
                .isEqualTo("No, I moved.");
    }

    @Test
    void aSentenceBelowTheQuoteIsKept() {
        assertThat(
                        reply(
                                "Hello Huw,\n\nOn 2 Mar 2026, at 10:00, Enquiries <a@example.org> wrote:\n> Where?\n\nIn Cardiff, since May."))
                .isEqualTo("Hello Huw,\n\n> Where?\n\nIn Cardiff, since May.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-- ",
                "--",
                "—",
                "_______________________________________________",
                "**********",
                "=====",
                "~~~~~"
            })
    void aSignatureOrFooterBelowADelimiterIsLeftOut(String delimiter) {
        assertThat(reply("Yes, thank you.\n\n" + delimiter
                        + "\nMair Evans\nhttps://example.org\nThis email is confidential."))
                .isEqualTo("Yes, thank you.");
    }

    @Test
    void aSignatureAboveTheQuoteEndsThere() {
        assertThat(
                        reply(
                                "-- \nMair\n\nOn 2 Mar 2026, at 10:00, Enquiries <a@example.org> wrote:\n> Where?\n\nIn Cardiff."))
                .isEqualTo("In Cardiff.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "This email and any attachments are confidential. Tell us if you got it by mistake.",
                "Mae'r e-bost hwn ac unrhyw atodiadau yn gyfrinachol.",
                "You received this message because you are subscribed to the group.",
                "__________________________________________________\nDo you want more room?\nhttps://example.org/mail",
                "Unsubscribe: https://example.org/out"
            })
    void whatAnOfficeOrListAddsIsLeftOut(String footer) {
        assertThat(reply("Yes, thank you.\n\n" + footer)).isEqualTo("Yes, thank you.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "##- Please type your reply above this line -##\n\nYour request was updated.",
                ">>> Enquiries <enquiries@example.gov.uk> 02/03/2026 10:00 >>>\nDo you have a card?",
                "Posted by mair on 02/03/2026\n\nWhere is the hall?",
                "  On Mon, 2 Mar 2026 at 10:00, Enquiries<enquiries@example.gov.uk> wrote:   Do you have a card?",
                "2026/3/2 Enquiries <\nenquiries@example.gov.uk>\n\n> Do you have a card?"
            })
    void rarerWaysToAnnounceAQuoteAreKnown(String quote) {
        assertThat(reply("Yes, thank you.\n\n" + quote)).isEqualTo("Yes, thank you.");
    }

    @Test
    void aQuotedLineThatWasBrokenIsNoAnswer() {
        assertThat(
                        reply(
                                "Yes.\n\nOn 2 Mar 2026, at 10:00, Enquiries <a@example.org> wrote:\n\n"
                                        + "> The hall opens at seven in the morning and is open without a\nbreak\n> until ten in the evening."))
                .isEqualTo("Yes.");
    }

    @Test
    void codeIsKeptAsItIs() {
        var text = "See:\n\n```\n-----\n> not a quote\n--\n```\n\nThat is all.";

        assertThat(reply(text)).isEqualTo(text);
    }

    @Test
    void aMailOfQuotesAloneSaysWhatTheySay() {
        assertThat(reply("> Where?")).isEqualTo("> Where?");
        assertThat(reply("On 2 Mar 2026, at 10:00, Enquiries <a@example.org> wrote:\n\n> Where?"))
                .isEqualTo("> Where?");
        assertThat(reply("Sent from my iPhone")).isEqualTo("Sent from my iPhone");
        assertThat(reply("-- \nMair")).isEqualTo("-- \nMair");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "On 2 March 2026 at 10:00 the clerk wrote:",
                "From: Mair\nTo: you\nSubject: where is my card",
                "-----Original Message-----"
            })
    void aMailThatOnlyLooksLikeAnAnnouncementIsNeverBlank(String text) {
        assertThat(reply(text)).isEqualTo(text);
    }

    @Test
    void aMailInWhichNobodySaysAnythingHasNoNewPart() {
        assertThat(
                        reply(
                                "> On 2 Mar 2026, at 10:00, Enquiries <a@example.org> wrote:\n>\n>> On 1 Mar 2026, at 10:00, Mair <m@example.org> wrote:"))
                .isEmpty();
    }

    static List<String> hostile() {
        var texts = new ArrayList<String>();
        for (var line : List.of(
                "a:",
                "> ",
                "wrote:",
                "<",
                "From: a",
                "-- ",
                "-----",
                "```",
                "On 2 Mar 2026 10:00 a@b",
                "Sent from my",
                "a wrote",
                "|",
                "> wrote:",
                "---------- Forwarded message",
                "\ufdd0x",
                "2026-03-02 10:00 GMT+00:00 x")) {
            texts.add((line + "\n").repeat(200_000));
            texts.add((line + " ").repeat(200_000));
        }
        texts.add(IntStream.range(0, 200_000)
                .mapToObj(n -> n % 2 == 0 ? "> q" : "a")
                .collect(Collectors.joining("\n")));
        return texts;
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void hostileTextTakesNoLongerThanOther(String text) {
        var clock = ManagementFactory.getThreadMXBean();
        var from = clock.getCurrentThreadCpuTime();

        reply(text);

        assertThat(Duration.ofNanos(clock.getCurrentThreadCpuTime() - from)).isLessThan(Duration.ofSeconds(2));
    }
}
