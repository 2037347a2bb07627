package org.postbag.contacts.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postbag.BrowserTest;
import org.postbag.Browsing;
import org.postbag.receiving.Arrival;
import org.postbag.receiving.Profile;
import org.postbag.receiving.Profiles;
import org.postbag.receiving.Receiver;
import org.postbag.receiving.exports.ExportPreview;
import org.postbag.staff.Role;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Lists that are really taken in, on their pages. */
@BrowserTest
class PublicListsPageTest {

    private static final String HEADER =
            "Member ID,First name,Surname,Party,Email,Office telephone,Office postcode,Constituency\n";

    @Autowired
    private Receiver receiver;

    @Autowired
    private Profiles profiles;

    @Autowired
    private JdbcClient jdbc;

    @TempDir
    private Path folder;

    /** So that no other test's entries are these. */
    private final String mark = UUID.randomUUID().toString().substring(0, 8);

    private void take(LocalDate day, String... rows) throws IOException {
        var file = folder.resolve("members-" + day + ".csv");
        Files.writeString(file, HEADER + String.join("\n", rows).replace("#", mark) + "\n");
        var arrivals = new ArrayList<Arrival>();
        ExportPreview.cut(file, "test", (Profile) profiles.named("assembly-members"), arrivals::add);
        var ids = receiver.receive(arrivals).stream()
                .map(one -> one.receipt().id().hex())
                .toArray(String[]::new);
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> jdbc.sql("select count(*) from receipt where id = any(?::text[]) and state <> 'waiting'")
                                .param(ids)
                                .query(Long.class)
                                .single()
                        == ids.length);
    }

    private long contact(String name) {
        return jdbc.sql("select id from contact where name = ?")
                .param(name.replace("#", mark))
                .query(Long.class)
                .single();
    }

    private static String row(int id, String first, String rest) {
        return "#-" + id + "," + first + ",#," + rest;
    }

    @Test
    void whatAListChangedIsShownEntryByEntry(Browsing browsing) throws IOException {
        var first = LocalDate.of(2020, 1, 7);
        var second = LocalDate.of(2020, 1, 14);
        var same = new ArrayList<String>();
        for (int id = 10; id < 16; id++) {
            same.add(row(id, "Member" + id, "Vale,m" + id + "#@members.example,,,West"));
        }
        var before = new ArrayList<>(same);
        before.add(row(1, "Ann", "Vale,ann#@members.example,,NV1 1AA,East"));
        before.add(row(2, "Bo", "Vale,bo#@members.example,01632 960002,,East"));
        take(first, before.toArray(String[]::new));
        var after = new ArrayList<>(same);
        after.add(row(1, "Ann", "Hill,new-ann#@members.example,,,East"));
        after.add(row(3, "<b>Cai</b>", "Vale,cai#@members.example,,,<script>alert(1)</script>"));
        take(second, after.toArray(String[]::new));
        var page = browsing.signIn(Role.READER);

        page.navigate("/contacts");
        Browsing.follow(page, () -> page.getByText("Public lists").first().click());
        assertThat(page.locator("h1").textContent()).isEqualTo("Public lists");
        assertThat(page.locator("main tbody").textContent()).contains("1 new, 1 changed, 1 no longer listed");
        browsing.look(page, "lists-test-public-lists");
        page.navigate("/contacts/lists/assembly-members/2020-01-14");
        var text = page.locator("main").textContent();
        assertThat(page.locator("main script, main tbody b").count()).isZero();
        assertThat(text)
                .contains("Email address: from ann" + mark + "@members.example to new-ann" + mark + "@members.example")
                .contains("Postcode: from NV1 1AA  (no longer given)", "Organisation: from Vale to Hill")
                .contains("<b>Cai</b> " + mark, "No longer listed", "Unchanged6")
                .doesNotContain("Probably incomplete");
        browsing.look(page, "lists-test-public-list");
        page.setViewportSize(320, 800);
        browsing.axe(page);

        Browsing.follow(page, () -> page.getByText("Ann " + mark).click());
        assertThat(page.locator("main").textContent())
                .contains("from Members of Northvale Assembly, seen on 14 January 2020")
                .contains("No longer in the list of 14 January 2020", "In public lists", "Organisation: Hill");
        page.navigate("/contacts/" + contact("Bo #"));
        assertThat(page.locator("#lists-title + ul").textContent())
                .contains("No longer in the list of 14 January 2020");
        assertThat(page.locator(".pb-bar").textContent()).contains("First came fromMembers of Northvale Assembly");
        browsing.look(page, "lists-test-contact-listed");
        assertThat(lookedAt("assembly-members 2020-01-14")).contains(Long.toString(contact("Bo #")));
    }

    private List<String> lookedAt(String list) {
        return List.of(jdbc.sql(
                        "select detail from audit_event where subject_kind = 'public-list' and subject_id = ? and action = 'LOOKED' order by id desc limit 1")
                .param(list)
                .query(String.class)
                .single()
                .split(" "));
    }

    @Test
    void aListOfWhichAQuarterIsMissingIsPointedOut(Browsing browsing) throws IOException {
        take(
                LocalDate.of(2021, 1, 7),
                row(1, "Di", "Vale,di#@members.example,,,East"),
                row(2, "Ed", "Vale,ed#@members.example,,,East"),
                row(3, "Flo", "Vale,flo#@members.example,,,East"));
        take(LocalDate.of(2021, 1, 14), row(1, "Di", "Vale,di#@members.example,,,East"));
        var page = browsing.signIn(Role.OFFICER);

        page.navigate("/contacts/lists/assembly-members/2021-01-14");

        assertThat(page.locator("main").textContent()).contains("Probably incomplete.", "2 of the 3 entries");
        browsing.look(page, "lists-test-public-list-incomplete");
        page.navigate("/contacts/" + contact("Ed #"));
        assertThat(page.locator("#lists-title + ul").textContent())
                .contains("Not in the list of 14 January 2021, which is probably incomplete");
    }

    @Test
    void whereThereIsNoListThePageSaysSo(Browsing browsing) {
        var page = browsing.signIn(Role.READER);

        assertThat(page.navigate("/contacts/lists/assembly-members/2001-01-01").status())
                .isEqualTo(404);
        assertThat(page.locator("h1").textContent()).isEqualTo("There is no list here");
        assertThat(page.navigate("/contacts/lists/assembly-members/2001-99-01").status())
                .isEqualTo(404);
        assertThat(page.navigate("/contacts/lists?page=99999").status()).isEqualTo(200);
        assertThat(page.locator("main").textContent()).contains("There are no more lists");
    }

    @Test
    void rolesWithoutContentAreRefused(Browsing browsing) {
        var handler = browsing.signIn(Role.CALL_HANDLER);

        assertThat(status(handler, "/contacts/lists")).isEqualTo(403);
        assertThat(status(handler, "/contacts/lists/assembly-members/2020-01-14"))
                .isEqualTo(403);
    }

    private static int status(Page page, String path) {
        return page.context().request().get(path).status();
    }
}
