package org.postbag.receiving.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postbag.ApplicationTest;
import org.postbag.console.RouteDesk;
import org.postbag.console.Stopping;
import org.postbag.receiving.Channel;
import org.postbag.receiving.ContactForm;
import org.postbag.receiving.RawStore;
import org.postbag.receiving.Receipt;
import org.postbag.receiving.Reference;
import org.postbag.receiving.web.ContactSite.Answer;
import org.postbag.receiving.web.ContactSite.Filled;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;

@ApplicationTest
class ContactPageTest {

    private static final int MEGABYTE = 1024 * 1024;

    @Autowired
    private RawStore rawStore;

    @Autowired
    private RouteDesk desk;

    @Value("${postbag.data}")
    private Path data;

    @LocalServerPort
    private int port;

    private ContactSite site;

    @BeforeEach
    void visit() {
        site = new ContactSite(port);
    }

    @Test
    void aMessageEndsWithAReferenceThatStaysOnReload() throws Exception {
        var answer = site.send(right("When is the next election?"));

        assertThat(answer.status()).isEqualTo(303);
        var end = site.get("/contact/sent");
        assertThat(Reference.parse(reference(end))).isPresent();
        assertThat(end.page().text())
                .contains(
                        "We received your message on",
                        "You will have our answer by",
                        "10 working days",
                        "03069 990 123",
                        "1 year");
        assertThat(reference(site.get("/contact/sent"))).isEqualTo(reference(end));
        assertThat(stored(reference(end)).orElseThrow().message()).isEqualTo("When is the next election?");
    }

    @Test
    void theEndPageOfNobodyLeadsToTheForm() throws Exception {
        var answer = site.get("/contact/sent");

        assertThat(answer.status()).isEqualTo(303);
        assertThat(answer.raw().headers().firstValue("location").orElseThrow()).endsWith("/contact");
    }

    @Test
    void whoNeedsNoReplyNeedsNoAddress() throws Exception {
        site.send(site.blank().type("message", "The queue was long").type("noReply", "true"));

        var end = site.get("/contact/sent");
        assertThat(end.page().text()).contains("You told us that you do not need a reply");
        assertThat(stored(reference(end)).orElseThrow().noReply()).isTrue();
    }

    @Test
    void theSamePageSentTwiceIsOneItem() throws Exception {
        var page = right("Twice").file("a.pdf", new byte[] {1, 2, 3});

        site.send(page);
        var first = reference(site.get("/contact/sent"));
        site.send(page);

        assertThat(reference(site.get("/contact/sent"))).isEqualTo(first);
        site.send(page.type("message", "Something else"));
        assertThat(reference(site.get("/contact/sent"))).isNotEqualTo(first);
    }

    @Test
    void theSamePageSentTwiceAtOnceIsOneItem() throws Exception {
        var page = right("Pressed twice");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = threads.invokeAll(Collections.<Callable<Answer>>nCopies(4, () -> site.send(page)));
            for (var answer : answers) {
                assertThat(answer.get().status()).isEqualTo(303);
            }
        }

        assertThat(forms().filter(form -> form.message().equals("Pressed twice")))
                .hasSize(1);
    }

    @Test
    void whoOnlyLooksAtTheFormHasNoSession() throws Exception {
        var looked = site.get("/contact");
        var refused = site.send(ContactSite.of(looked.page()));

        assertThat(looked.raw().headers().allValues("set-cookie"))
                .singleElement(as(STRING))
                .startsWith("contact-form=")
                .contains("HttpOnly", "SameSite=Lax")
                .doesNotContain("Expires", "Max-Age");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.raw().headers().allValues("set-cookie")).isEmpty();
    }

    @Test
    void fieldsSayWhatABrowserMayFillIn() throws Exception {
        var page = site.get("/contact").page();

        assertThat(page.select("html").attr("lang")).isEqualTo("en");
        assertThat(Map.of("email", "email", "telephone", "tel", "name", "name", "postcode", "postal-code"))
                .allSatisfy((field, autocomplete) -> assertThat(
                                page.expectFirst("#" + field).attr("autocomplete"))
                        .isEqualTo(autocomplete));
        // These types bring the right keyboard on a telephone by themselves.
        assertThat(page.expectFirst("#email").attr("type")).isEqualTo("email");
        assertThat(page.expectFirst("#telephone").attr("type")).isEqualTo("tel");
        assertThat(page.select("[aria-describedby='']")).isEmpty();
    }

    @Test
    void allButTheMessageAndAWayToReplySaysOptional() throws Exception {
        var page = site.get("/contact").page();

        page.select("template").remove();
        assertThat(page.select("label:has(.pb-optional)").eachAttr("for"))
                .containsExactly("topic", "email", "telephone", "name", "postcode", "files");
    }

    @Test
    void anEmptyPageSaysWhatIsMissing() throws Exception {
        var answer = site.send(site.blank());

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.page().title()).startsWith("Error: ");
        assertThat(answer.page().select(".govuk-error-summary a").eachAttr("href"))
                .containsExactly("#message", "#email");
        assertThat(answer.error("message")).isEqualTo("Enter your message");
        assertThat(answer.error("email"))
                .isEqualTo("Enter an email address or a telephone number, or select that you do not need a reply");
    }

    @Test
    void everyFieldTooLongIsKeptAndExplained() throws Exception {
        var page = site.blank()
                .type("topic", "t".repeat(101))
                .type("message", "m".repeat(9_990) + "\r\n".repeat(10) + "end of it")
                .type("email", "e".repeat(300) + "@example.com")
                .type("telephone", "0".repeat(41))
                .type("name", "n".repeat(201))
                .type("postcode", "p".repeat(21));

        var answer = site.send(page);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.error("message"))
                .isEqualTo("Your message must be 10,000 characters or fewer. It has 10,009.");
        assertThat(answer.error("email")).contains("254 characters or fewer. It has 312.");
        for (var field : List.of("topic", "telephone", "name", "postcode")) {
            assertThat(answer.error(field)).as(field).contains("characters or fewer");
        }
        for (var field : List.of("topic", "email", "telephone", "name", "postcode")) {
            assertThat(answer.value(field)).as(field).isEqualTo(page.fields.get(field));
        }
        assertThat(answer.value("message")).isEqualTo("m".repeat(9_990) + "\n".repeat(10) + "end of it");
    }

    @Test
    void lineEndsCountOnceEach() throws Exception {
        var answer = site.send(right("x\r\n".repeat(4_999) + "xx"));

        assertThat(answer.status()).isEqualTo(303);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ann",
                "ann@",
                "@example.com",
                "ann@example",
                "a b@example.com",
                "ann@exa mple.com",
                "ann@@example.com",
                "ann@.com"
            })
    void anAddressThatNoAnswerReachesIsRefused(String email) throws Exception {
        var answer = site.send(right("Hello").type("email", email));

        assertThat(answer.error("email")).contains("correct format");
        assertThat(answer.value("email")).isEqualTo(email);
    }

    @ParameterizedTest
    @ValueSource(strings = {"withheld", "12", "00000000000", "01792 no", "call me"})
    void aNumberThatNobodyCanRingIsRefused(String telephone) throws Exception {
        var answer = site.send(right("Hello").type("telephone", telephone));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.error("telephone")).contains("Enter a telephone number");
    }

    @Test
    void filesAreKeptFromOneTryToTheNext() throws Exception {
        var secret = "the text of a letter ".repeat(1_000).getBytes(UTF_8);
        var refused = site.send(site.blank()
                .type("message", "With files")
                .file("letter.pdf", secret)
                .file("photo.jpg", new byte[] {7}));

        assertThat(refused.keptFiles()).containsExactly("letter.pdf", "photo.jpg");
        assertThat(filesInClear("the text of a letter")).isEmpty();
        site.send(ContactSite.of(refused.page()).type("email", "ann@example.com"));

        var form = stored(reference(site.get("/contact/sent"))).orElseThrow();
        assertThat(form.files()).extracting(ContactForm.File::name).containsExactly("letter.pdf", "photo.jpg");
        assertThat(form.files().getFirst().content()).isEqualTo(secret);
        assertThat(form.files().getFirst().type()).isEqualTo("application/pdf");
    }

    @Test
    void aKeptFileCanBeRemovedWithoutLosingWhatWasTyped() throws Exception {
        var refused = site.send(site.blank()
                .type("message", "With files")
                .file("one.pdf", new byte[] {1})
                .file("two.pdf", new byte[] {2}));
        var remove = refused.page().select(".pb-files button").eachAttr("value").getFirst();

        var page = site.send(ContactSite.of(refused.page())
                .type("name", "Ann")
                .type("remove", remove)
                .file("three.pdf", new byte[] {3}));

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.page().select(".govuk-error-summary")).isEmpty();
        assertThat(page.keptFiles()).containsExactly("two.pdf", "three.pdf");
        assertThat(page.value("message")).isEqualTo("With files");
        assertThat(page.value("name")).isEqualTo("Ann");
    }

    @Test
    void keptFilesAreForTheirOwnPageAlone() throws Exception {
        site.send(site.blank().file("mine.pdf", new byte[] {1}));

        assertThat(site.send(site.blank()).keptFiles()).isEmpty();
    }

    @Test
    void aFileChosenAgainIsNotSentTwice() throws Exception {
        var refused = site.send(site.blank().file("one.pdf", new byte[] {1}));

        var again = site.send(ContactSite.of(refused.page()).file("one.pdf", new byte[] {1}));

        assertThat(again.keptFiles()).containsExactly("one.pdf");
    }

    @Test
    void filesThatAreTooLargeAreNamedAndTheTextStays() throws Exception {
        var answer = site.send(
                right("Too much").file("small.pdf", new byte[MEGABYTE]).file("film.mov", new byte[21 * MEGABYTE]));

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.error("files")).contains("‘film.mov’", "20MB in total");
        assertThat(answer.value("message")).isEqualTo("Too much");
        assertThat(answer.keptFiles()).containsExactly("small.pdf");
    }

    @Test
    void aRequestFarOverEveryLimitStillKeepsTheText() throws Exception {
        var answer = site.send(right("Far too much").file("film.mov", new byte[80 * MEGABYTE]));

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.value("message")).isEqualTo("Far too much");
        assertThat(answer.value("email")).isEqualTo("ann@example.com");
    }

    @Test
    void keptAndNewFilesTogetherStayWithinTheLimits() throws Exception {
        var refused = site.send(site.blank().file("one.pdf", new byte[15 * MEGABYTE]));

        var again = site.send(ContactSite.of(refused.page())
                .type("message", "Hello")
                .type("email", "ann@example.com")
                .file("two.pdf", new byte[6 * MEGABYTE]));

        assertThat(again.status()).isEqualTo(413);
        assertThat(again.keptFiles()).containsExactly("one.pdf");
        assertThat(again.error("files")).contains("‘two.pdf’");
    }

    @Test
    void anEleventhFileIsNamed() throws Exception {
        var page = right("Many");
        for (int i = 1; i <= 11; i++) {
            page.file(i + ".pdf", new byte[] {(byte) i});
        }

        var answer = site.send(page);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.keptFiles()).hasSize(10);
        assertThat(answer.error("files")).contains("‘11.pdf’", "up to 10 files");
    }

    @Test
    void anEmptyFileIsNamed() throws Exception {
        var answer = site.send(right("Hello").file("nothing.pdf", new byte[0]));

        assertThat(answer.error("files")).isEqualTo("The file ‘nothing.pdf’ is empty");
    }

    @Test
    void hostileFileNamesAreShownTame() throws Exception {
        var page = site.blank()
                .file("../../etc/passwd", new byte[] {1})
                .file("C:\\\\temp\\\\evil.exe", new byte[] {2})
                .file("<script>alert(1)<b>.pdf", new byte[] {3})
                .file("invoice\u202Efdp.exe", new byte[] {4})
                .file("nul\u0000.pdf", new byte[] {5})
                .file("x".repeat(1_000) + ".pdf", new byte[] {6})
                .file("..", new byte[] {7});

        var answer = site.send(page);

        assertThat(answer.keptFiles())
                .containsExactly(
                        "passwd",
                        "evil.exe",
                        "<script>alert(1)<b>.pdf",
                        "invoice\uFFFDfdp.exe",
                        "nul\uFFFD.pdf",
                        "x".repeat(145) + "….pdf",
                        "file");
        assertThat(answer.page().select("main script")).isEmpty();
    }

    @Test
    void scriptsNulsAndOverridesInEachFieldAreShownAndDoNothing() throws Exception {
        var hostile = "<script>alert('x')</script>\"' onfocus=alert(1) \u0000\u0007\u202E";
        var page = site.blank();
        for (var field : List.of("topic", "message", "email", "telephone", "name", "postcode")) {
            page.type(field, hostile + "end");
        }

        var answer = site.send(page);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.page().select("main script, main [onfocus]")).isEmpty();
        for (var field : List.of("topic", "message", "email", "telephone", "name", "postcode")) {
            assertThat(answer.value(field))
                    .as(field)
                    .isEqualTo("<script>alert('x')</script>\"' onfocus=alert(1) \uFFFD\uFFFD\uFFFDend");
        }
        assertThat(answer.raw().body()).doesNotContain("\u0000").doesNotContain("\u202E");
    }

    @Test
    void aPageWithoutItsCookieComesBackWithEverythingInIt() throws Exception {
        var page = right("Typed for hours").file("a.pdf", new byte[] {1});
        var later = new ContactSite(port);

        var answer = later.send(page);

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.page().text()).contains("Your message has not been sent yet");
        assertThat(answer.value("message")).isEqualTo("Typed for hours");
        assertThat(answer.keptFiles()).containsExactly("a.pdf");
        later.send(ContactSite.of(answer.page()));
        assertThat(stored(reference(later.get("/contact/sent"))).orElseThrow().files())
                .hasSize(1);
    }

    @Test
    @Timeout(30)
    void whileTheRouteIsStoppedThePageSaysSoAtOnceAndKeepsEverything() throws Exception {
        var page = right("Not now").file("a.pdf", new byte[] {1});
        Answer answer;
        long began;
        long ended;
        Stopping.stop(desk, "public-form");
        try {
            began = System.nanoTime();
            answer = site.send(page);
            ended = System.nanoTime();
        } finally {
            Stopping.start(desk, "public-form");
        }

        assertThat(answer.status()).isEqualTo(503);
        assertThat(Duration.ofNanos(ended - began)).isLessThan(Duration.ofSeconds(9));
        assertThat(answer.page().text()).contains("Nothing is lost", "Wait a few minutes");
        assertThat(answer.value("message")).isEqualTo("Not now");
        assertThat(answer.value("key")).isEqualTo(page.fields.get("key"));
        site.send(ContactSite.of(answer.page()));
        assertThat(stored(reference(site.get("/contact/sent"))).orElseThrow().files())
                .hasSize(1);
    }

    @Test
    void aPageThatWasCutOffOnTheWayComesBack() throws Exception {
        var body = ContactSite.multipart(right("Cut off").file("a.pdf", new byte[1_000]));

        var answer = site.sendBytes(
                Arrays.copyOf(body, body.length - 500), "multipart/form-data; boundary=----a-boundary-of-the-tests");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.value("message")).isEqualTo("Cut off");
        assertThat(answer.error("message")).contains("Not all of the page reached us");
    }

    @ParameterizedTest
    @ValueSource(strings = {"multipart/form-data", "multipart/form-data; boundary=x", "text/plain", "application/json"})
    void whatIsNoFormIsRefusedWithAPage(String type) throws Exception {
        var answer = site.sendBytes("garbage".getBytes(UTF_8), type);

        assertThat(answer.status()).isBetween(400, 499);
        assertThat(answer.page().select("h1").size()).isEqualTo(1);
        assertThat(answer.page().select("footer a")).isNotEmpty();
    }

    @Test
    void aFormWithoutFilesMayComeAsOrdinaryFields() throws Exception {
        var fields = right("Ordinary").fields;
        var body = String.join(
                "&",
                fields.entrySet().stream()
                        .map(f -> f.getKey() + "=" + java.net.URLEncoder.encode(f.getValue(), UTF_8))
                        .toList());

        var answer = site.sendBytes(body.getBytes(UTF_8), "application/x-www-form-urlencoded");

        assertThat(answer.status()).isEqualTo(303);
    }

    @Test
    void anErrorIsAPageOfThePublicWithoutAStackTrace() throws Exception {
        var answer = site.get("/webjars/nothing-here");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.page().select("h1").text()).isEqualTo("Page not found");
        assertThat(answer.page().select("footer a")).isNotEmpty();
        assertThat(answer.raw().body()).doesNotContain("Exception").doesNotContain("\tat ");
    }

    private Filled right(String message) throws Exception {
        return site.blank().type("message", message).type("email", "ann@example.com");
    }

    private static String reference(Answer end) {
        return end.page().select(".govuk-panel strong").text();
    }

    /** The form that stands in the raw store under a reference. */
    private Optional<ContactForm> stored(String reference) throws IOException {
        return receipts().stream()
                .filter(receipt -> receipt.reference().value().equals(reference))
                .map(this::form)
                .findFirst();
    }

    /** Every form in the raw store. */
    private Stream<ContactForm> forms() throws IOException {
        return receipts().stream().map(this::form);
    }

    private List<Receipt> receipts() throws IOException {
        var today = LocalDate.now(ZoneOffset.UTC);
        var receipts = new ArrayList<Receipt>();
        for (var day : List.of(today, today.minusDays(1))) {
            try (var ofDay = rawStore.list(Channel.WEB_FORM, day)) {
                ofDay.forEach(receipts::add);
            }
        }
        return receipts;
    }

    private ContactForm form(Receipt receipt) {
        try {
            var bytes = rawStore.read(receipt.id(), Channel.WEB_FORM).orElseThrow();
            return ((ContactForm.Parsed.Form) ContactForm.parse(bytes)).form();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Path> filesInClear(String text) throws IOException {
        try (var files = Files.walk(data.resolve("form-files"))) {
            return files.filter(Files::isRegularFile)
                    .filter(f -> holds(f, text))
                    .toList();
        }
    }

    private static boolean holds(Path file, String text) {
        try {
            return new String(Files.readAllBytes(file), UTF_8).contains(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
