package org.postbag.keeping;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.postbag.ApplicationTest;
import org.postbag.TestServers;
import org.postbag.enquiries.EnquiryErasing;
import org.postbag.retention.Category;
import org.postbag.retention.RetentionRule;
import org.postbag.retention.RuleTable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The forecast says of each coming month what the nightly job would find due by its end. */
@ApplicationTest
class ForecastTest {

    private static final int CONTACTS = 200;
    private static final int MONTHS = 100;

    @Autowired
    private RuleTable rules;

    @Autowired
    private EnquiryErasing enquiries;

    @Autowired
    private Clock clock;

    /** A database of its own: the counts are of all that is there. */
    private final JdbcClient jdbc = JdbcClient.create(TestServers.database().application());

    private final Forecast forecast = new Forecast(jdbc);

    /** Of all categories and ages, merged ones, offices with a clock for each thread, some that were only seen in lists, some with spam. */
    private void contacts(long seed) {
        var random = new Random(seed);
        long last = 0;
        for (int i = 0; i < CONTACTS; i++) {
            var category = Category.ofContacts()
                    .get(random.nextInt(Category.ofContacts().size()));
            boolean office = random.nextInt(5) == 0;
            long id = jdbc.sql("""
                            insert into contact (category, name, kind, identified, source, created_at, last_contact_at, last_seen_at)
                            values (:category, 'Forecast', :kind, true, 'email', now() - make_interval(days => :created),
                                now() - make_interval(days => :wrote), now() - make_interval(days => :seen)) returning id
                            """)
                    .param("category", category.code())
                    .param("kind", office ? "organisation" : "person")
                    .param("created", random.nextInt(1_500))
                    .param("wrote", random.nextInt(6) == 0 ? null : random.nextInt(1_500))
                    .param("seen", random.nextInt(3) == 0 ? random.nextInt(1_500) : null)
                    .query(Long.class)
                    .single();
            for (int n = random.nextInt(3); n > 0; n--) {
                enquiry(id, random, !office);
            }
            if (last != 0 && !office && random.nextInt(6) == 0) {
                jdbc.sql("update contact set merged_into = ? where id = ?")
                        .params(last, id)
                        .update();
            } else if (!office) {
                last = id;
            }
        }
    }

    private void enquiry(long contact, Random random, boolean perhapsSpam) {
        int days = random.nextInt(1_500);
        long thread = jdbc.sql(
                        "insert into thread (contact_id, started_at, last_contact_at) values (?, now() - make_interval(days => ?), now() - make_interval(days => ?)) returning id")
                .params(contact, days, days)
                .query(Long.class)
                .single();
        long id = jdbc.sql("""
                        with r as (insert into receipt (id, reference, channel, route, direction, received_at, size, state)
                            select encode(sha256(gen_random_uuid()::text::bytea), 'hex'), 'none', 'email', 'test', 'inbound', now() - make_interval(days => :days), 1, 'filed'
                            returning id, received_at)
                        insert into enquiry (receipt_id, reference, channel, direction, contact_id, thread_id, text, reply, received_at, resolved_by)
                        select id, 'none', 'email', 'inbound', :contact, :thread, '', '', received_at, 'test' from r returning id
                        """)
                .param("days", days)
                .param("contact", contact)
                .param("thread", thread)
                .query(Long.class)
                .single();
        if (perhapsSpam && random.nextInt(5) == 0) {
            jdbc.sql(
                            "insert into enquiry_work (enquiry_id, not_enquiry, not_enquiry_at) values (?, 'spam', now() - make_interval(days => ?))")
                    .params(id, random.nextInt(60))
                    .update();
        }
    }

    private long dueBy(LocalDate day, String what) {
        return new DueRecords(jdbc, rules, enquiries)
                .all(day).stream()
                        .filter(line -> line.what().equals(what))
                        .mapToLong(Keeping.Due::count)
                        .sum();
    }

    @Test
    void whatFallsDueByTheEndOfAMonthIsWhatTheNightlyJobFindsThen() {
        long seed = clock.millis();
        contacts(seed);
        var today = RetentionRule.day(clock.instant());

        var months = forecast.months(today, MONTHS);

        assertThat(months.getFirst().month()).isEqualTo(YearMonth.from(today));
        for (int i : List.of(0, 1, 2, 5, 11, 12, 30, 40, 99)) {
            var end = months.get(i).month().atEndOfMonth();
            var until = months.subList(0, i + 1);
            assertThat(until.stream().mapToLong(Forecast.Month::contacts).sum())
                    .as("contacts due by %s, seed %s", end, seed)
                    .isEqualTo(dueBy(end, "contacts"));
            assertThat(until.stream().mapToLong(Forecast.Month::enquiries).sum())
                    .as("enquiries due by %s, seed %s", end, seed)
                    .isEqualTo(dueBy(end, "enquiries"));
        }
        assertThat(months.stream().mapToLong(Forecast.Month::contacts).sum()).isGreaterThanOrEqualTo(CONTACTS / 2);
    }
}
