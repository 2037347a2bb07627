package org.postbag.search.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postbag.BrowserTest;
import org.postbag.Browsing;
import org.postbag.search.After;
import org.postbag.search.Query;
import org.postbag.search.SearchIndexContract;
import org.postbag.staff.Role;

/** Whatever is typed into the search or into its address is answered with the page of results, in which it is text. */
@BrowserTest
class SearchBadInputTest {

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
    void whateverIsTypedIsAnsweredWithThePage(String typed, Browsing browsing) {
        var page = browsing.signIn(Role.READER);
        page.navigate("/enquiries");
        // As a program would, since a browser's box takes no line breaks.
        page.locator("#q").evaluate("(box, text) => { box.type = 'hidden'; box.value = text }", typed);
        var response = page.waitForResponse(
                answer -> answer.url().contains("/enquiries/search/"),
                () -> Browsing.follow(
                        page, () -> page.locator("#search .govuk-button").click()));

        assertThat(response.status()).isEqualTo(200);
        assertThat(page.locator("h1").textContent()).isEqualTo("Enquiries");
        assertThat(page.locator("section[aria-label=Results]").count()).isEqualTo(1);
        assertThat(page.locator("main script, main [onfocus]").count()).isZero();
        assertThat(page.url()).matches(".*/enquiries/search/[0-9a-f-]{36}");
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
                "page=900000&after=x&after=" + new After(Query.Order.NEWEST, 5, 5, 0),
                "view=<script>");
    }

    @ParameterizedTest
    @MethodSource("addresses")
    void whateverIsInTheAddressIsAnsweredWithThePage(String address, Browsing browsing) {
        var page = browsing.signIn(Role.READER);
        for (var words : new String[] {"", "poll"}) {
            SearchPages.search(page, words);
            answered(page, page.url().replaceFirst("\\?.*", "") + "?" + address);
        }
    }

    private static void answered(Page page, String address) {
        var response = page.navigate(address);

        assertThat(response.status()).isEqualTo(200);
        assertThat(page.locator("section[aria-label=Results]").count()).isEqualTo(1);
        assertThat(page.locator("main").textContent()).doesNotContain("Something went wrong");
    }
}
