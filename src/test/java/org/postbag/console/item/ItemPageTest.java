package org.postbag.console.item;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postbag.BrowserTest;
import org.postbag.Browsing;
import org.postbag.Records;
import org.postbag.receiving.Channel;
import org.postbag.receiving.IdentityKey;
import org.postbag.receiving.RawStore;
import org.postbag.staff.Role;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The way of one item, by its reference and by its source's id, for who may see content and who mayn't. */
@BrowserTest
class ItemPageTest {

    private static final String SECRET = "Nobody is to read this here";

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private RawStore raw;

    @Autowired
    private IdentityKey identity;

    @Test
    void aFiledItemIsFoundByItsReferenceAndFromItsEnquiry(Browsing browsing) throws IOException {
        var records = new Records(jdbc);
        var receipt = records.receipt(Channel.EMAIL, Duration.ofHours(2), null);
        raw.putIfAbsent(receipt, SECRET.getBytes(StandardCharsets.UTF_8));
        long contact = records.contact("Way Tester", "public", true);
        long enquiry = records.enquiry(new Records.Draft(receipt, contact, records.thread(contact), SECRET, SECRET));
        jdbc.sql("update receipt set node = 'node-7', route_version = 3 where id = ?")
                .param(receipt.id().hex())
                .update();
        var page = browsing.signIn(Role.OFFICER);

        page.navigate("/enquiries/" + enquiry);
        Browsing.follow(page, () -> page.getByText("Received, stored, filed").click());

        assertThat(page.url()).endsWith("/routes/item/" + receipt.id());
        assertThat(page.locator("main").textContent())
                .contains(
                        "node-7",
                        "Yes, whole",
                        "Filed",
                        "The enquiry",
                        receipt.reference().value())
                .doesNotContain(SECRET);
        browsing.look(page, "routes-item");
        page.navigate("/routes/item");
        browsing.look(page, "routes-item-find");
        page.getByLabel("Which item?")
                .fill(receipt.reference().value().toLowerCase(Locale.ROOT).replace("-", " "));
        Browsing.follow(page, () -> page.getByText("Find it").click());
        assertThat(page.url()).endsWith("/routes/item/" + receipt.id());
    }

    @Test
    void whatItsSourceKnowsItByFindsItAndStandsInNoAddress(Browsing browsing) {
        var records = new Records(jdbc);
        var first = records.receipt(Channel.TELEPHONE, Duration.ofHours(2), 1);
        var correction = records.receipt(Channel.TELEPHONE, Duration.ofHours(1), 2);
        records.quarantined(first, "bad-date", "The date can’t be read");
        records.quarantined(correction, "bad-date", "The date can’t be read");
        var callId = "call-" + System.nanoTime();
        jdbc.sql("update receipt set series = ? where id in (?, ?)")
                .params(
                        identity.stands(Channel.TELEPHONE, callId.getBytes(StandardCharsets.UTF_8)),
                        first.id().hex(),
                        correction.id().hex())
                .update();
        var page = browsing.signIn(Role.ROUTE_VIEWER);
        page.navigate("/routes/item");

        page.getByLabel("Which item?").fill("nobody’s id <b>");
        Browsing.follow(page, () -> page.getByText("Find it").click());
        assertThat(page.locator(".govuk-error-summary").textContent()).contains("No item is known by this");
        assertThat(page.getByLabel("Which item?").inputValue()).isEqualTo("nobody’s id <b>");
        page.getByLabel("Which item?").fill(callId);
        Browsing.follow(page, () -> page.getByText("Find it").click());

        assertThat(page.url()).endsWith("/routes/item");
        assertThat(page.locator("main").textContent())
                .contains(
                        "2 items known by this",
                        first.reference().value(),
                        correction.reference().value());
        browsing.axe(page);
        Browsing.follow(page, () -> page.getByText(first.reference().value()).click());
        assertThat(page.locator("main").textContent())
                .contains("In quarantine", "The date can’t be read", "No: there is no raw file");
        browsing.look(page, "routes-item-quarantined");
    }

    @Test
    void whatOnlyTheRawStoreHasIsSaidToBeMissingInTheRecord(Browsing browsing) throws IOException {
        var receipt = new Records(jdbc).receipt(Channel.LETTER, Duration.ZERO, null);
        raw.putIfAbsent(receipt, SECRET.getBytes(StandardCharsets.UTF_8));
        var page = browsing.signIn(Role.ROUTE_OPERATOR);

        page.navigate("/routes/item/" + receipt.id());

        assertThat(page.locator("main").textContent()).contains("the record doesn’t know it", "Not in the record");
        assertThat(page.navigate("/routes/item/" + "0".repeat(64)).status()).isEqualTo(404);
        raw.erase(receipt.id(), receipt.channel());
    }

    @ParameterizedTest
    @EnumSource(value = Role.class, names = "CALL_HANDLER")
    void othersAreRefused(Role role, Browsing browsing) {
        var page = browsing.signIn(role);

        assertThat(page.context().request().get("/routes/item").status()).isEqualTo(403);
    }
}
