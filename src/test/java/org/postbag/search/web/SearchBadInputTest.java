package org.postbag.search.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postbag.ApplicationTest;
import org.postbag.Visitor;
import org.postbag.search.After;
import org.postbag.search.Query;
import org.postbag.search.SearchIndexContract;
import org.postbag.staff.Role;
import org.springframework.boot.test.web.server.LocalServerPort;

/**
 * Whatever is typed into the search or into its address is answered with the page of results, in which it is text. Sent as a program would, by one who signs
 * in once: a browser's box takes no line breaks, and signing in is slow, as it must be.
 */
@ApplicationTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SearchBadInputTest {

    @LocalServerPort
    private int port;

    private Visitor reader;
    private String token;

    @BeforeAll
    void signIn() {
        reader = Visitor.signedIn(port, Role.READER);
        token = reader.csrf("/enquiries");
    }

    static Stream<String> typed() {
        return Stream.concat(
                SearchIndexContract.hostile().stream(),
                Stream.of(
                        "x".repeat(10_000),
                        "x ".repeat(5_000),
                        "\"".repeat(9_999),
                        "\"unbalanced (quotes",
                        "*:*",
                        "*wild",
                        "?*?*?*",
                        "/.*.*.*.*x/",
                        "'; drop table enquiry; --",
                        "\" onfocus=\"alert(1)\" autofocus x=\"",
                        "</title><script>alert(1)</script>",
                        "\u202Egnp.exe\u202C \u2066x",
                        "nul\u0000nul",
                        "\uD800 \uFFFF \u200B",
                        "${7*7} #{7*7} __${7*7}__::.x",
                        "((((((((((((((((((((".repeat(100),
                        "-".repeat(1_000),
                        "OR OR OR AND NOT",
                        "before:9999999999-99-99 kept-until:<<<< postcode:***"));
    }

    @ParameterizedTest
    @MethodSource("typed")
    void whateverIsTypedIsAnsweredWithThePage(String typed) {
        var page = answered(asked(typed));

        assertThat(page.select("h1").text()).isEqualTo("Enquiries");
        assertThat(page.select("main script, main [onfocus]")).isEmpty();
        assertThat(page.select("title")).hasSize(1);
    }

    /** The address of the results. */
    private String asked(String typed) {
        var answer = reader.postForm("/enquiries/search", Map.of("q", typed, "_csrf", token));

        var address =
                URI.create(answer.headers().firstValue("Location").orElse("")).getPath();
        assertThat(address).matches("/enquiries/search/[0-9a-f-]{36}");
        return address;
    }

    static List<String> addresses() {
        return List.of(
                "after=",
                "after=nonsense",
                "after=" + "A".repeat(39),
                "after=%00",
                "after='%3Cscript%3E",
                "after=" + "A".repeat(6_000),
                "page=-1",
                "page=0",
                "page=99999999999999999999",
                "page=first",
                "after=" + new After(Query.Order.NEWEST, Long.MIN_VALUE, Long.MIN_VALUE, Long.MIN_VALUE),
                "after=" + new After(Query.Order.NEWEST, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE),
                "after=" + new After(Query.Order.OLDEST, 0, 0, 0),
                "after=" + new After(Query.Order.BEST, Float.floatToRawIntBits(Float.NaN), -1, 7),
                "after=" + new After(Query.Order.SUBJECT, 0, Long.MIN_VALUE, -1),
                "page=900000&after=x&after=" + new After(Query.Order.NEWEST, 5, 5, 0),
                "view=%3Cscript%3E");
    }

    @ParameterizedTest
    @MethodSource("addresses")
    void whateverIsInTheAddressIsAnsweredWithThePage(String address) {
        for (var words : List.of("", "poll")) {
            answered(asked(words) + "?" + address);
        }
    }

    private Document answered(String address) {
        var answer = reader.get(address);

        assertThat(answer.statusCode()).isEqualTo(200);
        var page = Jsoup.parse(answer.body());
        assertThat(page.select("section[aria-label=Results]")).hasSize(1);
        assertThat(page.select("main").text()).doesNotContain("Something went wrong");
        return page;
    }
}
