package org.postbag.search.web;

import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.postbag.Browsing;
import org.postbag.Records;
import org.postbag.receiving.Channel;
import org.postbag.work.IndexWork;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Enquiries to be found by a word that no other test's have, and finding them. */
final class SearchPages {

    private final JdbcClient jdbc;
    private final IndexWork work;
    private final Records records;

    final String town = "Aber" + Long.toString(System.nanoTime(), 36);

    SearchPages(JdbcClient jdbc, IndexWork work) {
        this.jdbc = jdbc;
        this.work = work;
        this.records = new Records(jdbc);
    }

    Records records() {
        return records;
    }

    /** The newest is number 1; searchable on return. */
    List<Long> filed(int count) {
        long contact = records.contact("Margaret Llewellyn", "public", true);
        long thread = records.thread(contact);
        var ids = new ArrayList<Long>();
        for (int n = 1; n <= count; n++) {
            ids.add(records.enquiry(new Records.Draft(
                    records.receipt(Channel.EMAIL, Duration.ofHours(n), null),
                    contact,
                    thread,
                    "Polling card " + town + ", number " + n + " ",
                    "I moved to " + town + " in January. Where do I vote?")));
        }
        work.add(ids);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> jdbc.sql("select count(*) from index_work where enquiry_id = any(?)")
                                .param(ids.toArray(Long[]::new))
                                .query(Long.class)
                                .single()
                        == 0);
        return ids;
    }

    static void search(Page page, String words) {
        page.navigate("/enquiries");
        page.locator("#q").fill(words);
        Browsing.follow(page, () -> page.locator("#q").press("Enter"));
    }
}
