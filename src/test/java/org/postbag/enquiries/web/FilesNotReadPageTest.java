package org.postbag.enquiries.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postbag.BrowserTest;
import org.postbag.Browsing;
import org.postbag.Records;
import org.postbag.receiving.Channel;
import org.postbag.staff.Role;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;

@BrowserTest
@TestPropertySource(
        properties = "postbag.filing.node=files-not-read") // a program of its own: it looks at all files there are
class FilesNotReadPageTest {

    private static final String PATH = "/enquiries/files-not-read";

    @Autowired
    private JdbcClient jdbc;

    private Records records;

    /** Other tests of the same program may have left files here. */
    @BeforeEach
    void readEverything() {
        records = new Records(jdbc);
        jdbc.sql("update attachment set text_state = 'read' where text_state <> 'read'")
                .update();
    }

    @Test
    void whereEveryFileCouldBeReadThatIsSaid(Browsing browsing) {
        var page = browsing.signIn(Role.READER);
        assertThat(page.locator("main").textContent()).doesNotContain("could not be read");

        page.navigate(PATH);
        browsing.look(page, "files-not-read-none");
        assertThat(page.locator("main").textContent()).contains("Every file could be read");
    }

    @Test
    void filesAreListedByReasonAndPagedAndTheLookIsRecorded(Browsing browsing) {
        long first = enquiry();
        for (int i = 0; i < 30; i++) {
            file(first, i, "minutes-" + i + ".pdf", "encrypted");
        }
        long second = enquiry();
        file(second, 0, "<script>alert(1)</script>\u202efdp.exe.zip", "other-kind");
        file(second, 1, "song.mp3", "other-kind");
        file(
                second,
                2,
                "accounts of the association for the year, with all of its annexes and notes, signed.xlsx",
                "too-much");
        file(second, 3, "letter.docx", "read");
        var page = browsing.signIn(Role.OFFICER);
        browsing.look(page, "home-files-not-read");
        assertThat(page.locator("main").textContent()).contains("32 files that could not be read");

        Browsing.follow(
                page, () -> page.getByText("32 files that could not be read").click());
        browsing.look(page, "files-not-read");
        assertThat(page.locator("tbody tr").count()).isEqualTo(25);
        assertThat(page.locator("tbody tr").first().textContent())
                .contains("_script_alert(1)__script_fdp.exe.zip", "Postbag reads no text from files of this kind")
                .doesNotContain("\u202e");
        assertThat(page.locator("main").textContent())
                .doesNotContain("song.mp3")
                .doesNotContain("letter.docx");

        Browsing.follow(page, () -> page.locator("a[rel=next]").click());
        assertThat(page.locator("tbody tr").count()).isEqualTo(7);
        Browsing.follow(
                page,
                () -> page.locator(".pb-facets").getByText("took more time").click());
        assertThat(page.locator("tbody tr").count()).isEqualTo(1);
        assertThat(page.locator("tbody tr").textContent()).contains("accounts", "12 KB");
        Browsing.follow(page, () -> page.locator("tbody .pb-ref").click());
        assertThat(page.url()).endsWith("/enquiries/" + second);
        assertThat(page.locator(".pb-history").textContent()).contains("names of files not read");
    }

    @Test
    void aFileIsReadOnceMoreWhereThatMayHelp(Browsing browsing) {
        long enquiry = enquiry();
        file(enquiry, 0, "locked.pdf", "encrypted");
        file(enquiry, 1, "long.pdf", "too-much");
        var page = browsing.signIn(Role.OFFICER);
        page.navigate(PATH);
        assertThat(page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Try again"))
                        .count())
                .isEqualTo(1);

        Browsing.follow(
                page,
                () -> page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Try again"))
                        .click());
        assertThat(page.locator(".pb-notice").textContent()).contains("The file is being read again");
        assertThat(jdbc.sql("select count(*) from audit_event where subject_id = ? and detail like 'Text of file 2%'")
                        .param(Long.toString(enquiry))
                        .query(Long.class)
                        .single())
                .isOne();
    }

    @Test
    void aReaderSeesTheListAndChangesNothing(Browsing browsing) {
        file(enquiry(), 0, "long.pdf", "too-much");
        var page = browsing.signIn(Role.READER);
        Browsing.follow(
                page, () -> page.getByText("1 file that could not be read").click());
        assertThat(page.locator("tbody tr").count()).isEqualTo(1);
        assertThat(page.getByText("Try again").count()).isZero();
    }

    private long enquiry() {
        long contact = records.contact("Margaret Llewellyn", "public", true);
        return records.enquiry(new Records.Draft(
                records.receipt(Channel.EMAIL, Duration.ofMinutes(5), null),
                contact,
                records.thread(contact),
                "With files",
                "See the files."));
    }

    private void file(long enquiry, int position, String name, String state) {
        records.file(enquiry, position, name, 12_345);
        jdbc.sql("update attachment set text_state = ? where enquiry_id = ? and position = ?")
                .params(state, enquiry, position)
                .update();
    }
}
