package org.postbag.receiving.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postbag.BrowserTest;
import org.postbag.Browsing;
import org.postbag.Visitor;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;
import org.springframework.util.unit.DataSize;

/** What one network may send through the public form, behind a proxy that says who really asks. */
@BrowserTest
@TestPropertySource(
        properties = {"postbag.staff.networks=198.51.100.0/24,2001:db8:7::/48", "postbag.proxies=127\\\\.0\\\\.0\\\\.1"
        })
class FormLimitsTest {

    private static final Instant NOON = Instant.parse("2026-03-03T12:00:00Z");
    private static final String FORM = "{\"message\":\"Again\",\"noReply\":true,\"key\":\"the same\"}";
    private static final int FORMS_MAX = 1_000;

    @LocalServerPort
    private int port;

    @TempDir
    private Path folder;

    /** Far more than the limit, so that it is met however slow the machine is. */
    private HttpResponse<String> floodedFrom(String address) {
        var visitor = new Visitor(port).with("X-Forwarded-For", address);
        return IntStream.range(0, FORMS_MAX)
                .mapToObj(_ -> visitor.postJson("/api/contact-form", FORM))
                .filter(answer -> answer.statusCode() != 202)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aFloodFromOneNetworkIsRefusedAndOthersAreNot() {
        var refused = floodedFrom("203.0.113.77");

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(refused.headers().firstValue("Retry-After").map(Integer::parseInt))
                .hasValueSatisfying(seconds -> assertThat(seconds).isPositive());
        assertThat(new Visitor(port)
                        .with("X-Forwarded-For", "203.0.113.78")
                        .postJson("/api/contact-form", FORM)
                        .statusCode())
                .isEqualTo(202);

        var page = pageFrom("203.0.113.77", "Typed with care");
        assertThat(page.statusCode()).isEqualTo(429);
        var shown = Jsoup.parse(page.body());
        assertThat(shown.text()).contains("Your message has not been sent yet", "Nothing is lost", "Wait a minute");
        assertThat(page.headers().firstValue("Retry-After").map(Integer::parseInt))
                .hasValueSatisfying(seconds -> assertThat(seconds).isPositive());
        assertThat(shown.expectFirst("#message").wholeText()).isEqualTo("Typed with care");
    }

    @Test
    void thePageSaysSoAndKeepsEverything(Browsing browsing) {
        floodedFrom("203.0.113.80");
        var page = browsing.open("/contact");
        page.setExtraHTTPHeaders(Map.of("X-Forwarded-For", "203.0.113.80"));
        page.locator("#message").fill("The library has one address for all of us.");
        page.locator("#email").fill("margaret.llewellyn@example.org");
        page.locator("#send").click();
        page.waitForSelector(".govuk-error-summary");

        browsing.look(page, "contact-too-many");

        assertThat(page.title()).startsWith("Error: ");
        assertThat(page.locator("#message").inputValue()).isEqualTo("The library has one address for all of us.");
    }

    private HttpResponse<String> pageFrom(String address, String message) {
        var visitor = new Visitor(port).with("X-Forwarded-For", address);
        return visitor.postForm(
                "/contact", Map.of("message", message, "noReply", "true", "key", "k".repeat(22)), "/contact");
    }

    @Test
    void whoSendsLittleSeesNoLimitHoweverOften() {
        var visitor = new Visitor(port).with("X-Forwarded-For", "203.0.113.79");
        for (int form = 0; form < 30; form++) {
            assertThat(visitor.send(
                                    "POST",
                                    "/api/contact-form",
                                    BodyPublishers.ofString(FORM),
                                    Optional.of("application/json"))
                            .statusCode())
                    .isEqualTo(202);
        }
    }

    private FormLimits limits(int formsPerHour, String filesPerHour, String freeSpaceMin, Clock clock) {
        return new FormLimits(
                new ContactFormSettings(
                        List.of(), formsPerHour, DataSize.parse(filesPerHour), DataSize.parse(freeSpaceMin)),
                folder.resolve("raw"),
                clock);
    }

    private static Clock at(Instant instant) {
        return Clock.fixed(instant, ZoneOffset.UTC);
    }

    @Test
    void anHoursFormsComeBackWithinTheHour() {
        var now = new Instant[] {NOON};
        var clock = new Clock() {
            @Override
            public java.time.ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now[0];
            }
        };
        var limits = limits(60, "20MB", "1B", clock);
        Stream.generate(() -> limits.waitForForm("192.0.2.1"))
                .limit(12)
                .forEach(wait -> assertThat(wait).isZero());

        var wait = limits.waitForForm("192.0.2.1");
        assertThat(wait).isPositive().isLessThanOrEqualTo(Duration.ofMinutes(1));
        now[0] = NOON.plus(wait);
        assertThat(limits.waitForForm("192.0.2.1")).isZero();
    }

    @Test
    void aHouseholdInIpv6IsOneNetworkAndTheNextIsAnother() {
        var limits = limits(5, "20MB", "1B", at(NOON));

        assertThat(limits.waitForForm("2001:db8:1:2::1")).isZero();
        assertThat(limits.waitForForm("2001:db8:1:2:ffff::9")).isPositive();
        assertThat(limits.waitForForm("2001:db8:1:3::1")).isZero();
    }

    @Test
    void filesAreCountedByTheirBytes() {
        var limits = limits(600, "50MB", "1B", at(NOON));
        long twenty = DataSize.ofMegabytes(20).toBytes();

        assertThat(limits.mayBringFiles("192.0.2.2", twenty)).isTrue();
        assertThat(limits.mayBringFiles("192.0.2.2", DataSize.ofGigabytes(9).toBytes()))
                .isTrue();
        assertThat(limits.mayBringFiles("192.0.2.2", twenty)).isFalse();
        assertThat(limits.mayBringFiles("192.0.2.2", 2_000)).isTrue();
        assertThat(limits.mayBringFiles("192.0.2.3", twenty)).isTrue();
    }

    @Test
    void noFilesAreTakenOnceTheDiskIsNearlyFull() {
        var limits = limits(600, "50MB", "1000000GB", at(NOON));

        assertThat(limits.mayBringFiles("127.0.0.1", 2_000)).isFalse();
        assertThat(limits.waitForForm("127.0.0.1")).isZero();
    }

    @Test
    void thisMachineIsNotCounted() {
        var limits = limits(5, "20MB", "1B", at(NOON));

        assertThat(Stream.generate(() -> limits.waitForForm("127.0.0.1")).limit(50))
                .allMatch(Duration::isZero);
    }
}
