package org.postbag.enquiries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postbag.enquiries.TestItems.START;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postbag.enquiries.TestItems.Spec;
import org.postbag.receiving.Channel;
import org.postbag.receiving.Receipt;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Lists give the same end in whatever order they and their rows are filed, each twice, by four at once: a small crowd of several sources who share names,
 * offices and numbers, move from address to address, come and go, and some of whom wrote before.
 */
class PublicListsOrderTest {

    private static final int LISTS = 14;
    private static final int CONSUMERS = 4;
    private static final String[] FIRST = {"Jane", "Jane", "John", "Ann", "J"};
    private static final String[] LAST = {"Doe", "Doe", "Smith", "Ifans", ""};

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void anyOrderEndsTheSame(long seed) throws Exception {
        String expected;
        try (var rig = new FilingRig()) {
            rig.filer().file(wroteBefore(rig, new Random(seed)));
            receipts(rig, new Random(seed)).forEach(receipt -> rig.filer().file(List.of(receipt)));
            expected = ended(rig.sql());
        }
        try (var rig = new FilingRig()) {
            rig.filer().file(wroteBefore(rig, new Random(seed)));
            fileAllAtOnce(rig, receipts(rig, new Random(seed)), new Random(seed));
            assertThat(ended(rig.sql())).as("seed %s", seed).isEqualTo(expected);
        }
    }

    private static void fileAllAtOnce(FilingRig rig, List<Receipt> receipts, Random random) throws Exception {
        var twice = new ArrayList<>(receipts);
        twice.addAll(receipts);
        Collections.shuffle(twice, random);
        try (var threads = Executors.newCachedThreadPool()) {
            var filing = new ArrayList<Future<?>>();
            for (int consumer = 0; consumer < CONSUMERS; consumer++) {
                var mine = new ArrayList<List<Receipt>>();
                for (int from = consumer * 7; from < twice.size(); from += CONSUMERS * 7) {
                    mine.add(twice.subList(from, Math.min(from + 7, twice.size())));
                }
                filing.add(threads.submit(() -> mine.forEach(rig.filer()::file)));
            }
            for (var one : filing) {
                one.get();
            }
        }
    }

    private static List<Receipt> wroteBefore(FilingRig rig, Random random) {
        var receipts = new ArrayList<Receipt>();
        for (int i = 0; i < 6; i++) {
            var name = FIRST[random.nextInt(FIRST.length)] + " " + LAST[random.nextInt(LAST.length)];
            var at = START.plusSeconds(i);
            receipts.add(rig.items.item(
                    "mail" + i,
                    random.nextInt(3) == 0
                            ? Spec.of(Channel.TELEPHONE, at).from(name, null, number(random))
                            : Spec.of(Channel.EMAIL, at).from(name, email(random), null)));
        }
        return receipts;
    }

    private static List<Receipt> receipts(FilingRig rig, Random random) {
        var lists = new Lists(rig);
        var receipts = new ArrayList<Receipt>();
        for (int i = 0; i < LISTS; i++) {
            var received = START.plus(Duration.ofDays(i)).plusSeconds(random.nextInt(3));
            var rows = new ArrayList<String>();
            // Some lists are of one day.
            int day = 1 + i / 2;
            boolean members = random.nextBoolean();
            for (int id = 1; id <= 7; id++) {
                if (random.nextInt(4) > 0) {
                    rows.add(row(random, members, id, day));
                }
            }
            var written = rows.toArray(String[]::new);
            receipts.addAll(
                    members
                            ? lists.members("2026-03-%02d".formatted(day), received, written)
                            : lists.offices("list" + i, received, written));
        }
        return receipts;
    }

    private static String row(Random random, boolean members, int id, int day) {
        var first = FIRST[random.nextInt(FIRST.length)];
        var last = LAST[random.nextInt(LAST.length)];
        var email = random.nextInt(5) == 0 ? "" : email(random);
        var number = random.nextInt(3) == 0 ? "" : number(random);
        var office = random.nextBoolean() ? "Vale" : "Hill";
        return members
                ? "%s,%s,%s,%s,%s,%s,,East"
                        .formatted(random.nextInt(6) == 0 ? "" : id, first, last, office, email, number)
                : "%s,%s %s,%s,%s,%s,,,%s March 2026".formatted(id, first, last, office, email, number, day);
    }

    private static String email(Random random) {
        return random.nextInt(6) == 0 ? "office@vale.example" : "p" + random.nextInt(7) + "@members.example";
    }

    private static String number(Random random) {
        return "01632 96000" + random.nextInt(4);
    }

    /** All that filing lists writes, each contact named by the first of its items. */
    private static String ended(JdbcClient sql) {
        var text = new StringBuilder();
        for (var select : PARTS) {
            sql
                    .sql("""
                            with named as (
                                select contact_id, min(receipt_id) as name from (
                                    select contact_id, receipt_id from enquiry
                                    union all
                                    select e.contact_id, s.receipt_id from register_entry e join register_sighting s on s.entry_id = e.id) of_contact
                                group by contact_id)
                            """ + select)
                    .query((row, n) -> {
                        var line = new StringBuilder();
                        for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                            line.append(row.getString(i)).append(" | ");
                        }
                        return line.toString();
                    })
                    .list()
                    .stream()
                    .sorted()
                    .forEach(line -> text.append(line).append('\n'));
        }
        return text.toString();
    }

    private static final List<String> PARTS = List.of(
            """
            select 'contact', n.name, c.name, c.listed_name, c.item_name, c.kind, c.category, c.organisation, c.source, c.known_by, c.created_at,
                c.last_seen_at, c.last_contact_at, c.identified
            from contact c left join named n on n.contact_id = c.id where c.merged_into is null
            """,
            """
            select 'use', n.name, i.kind, i.value, u.state, u.name_key, u.listed_key, u.retired_by_list, u.source, u.as_written, u.since
            from identifier_use u join identifier i on i.id = u.identifier_id left join named n on n.contact_id = u.contact_id
            """,
            "select 'entry', n.name, e.profile, e.key, e.latest from register_entry e join named n on n.contact_id = e.contact_id",
            """
            select 'sighting', s.receipt_id, s.seen_on, l.profile, l.source_file, l.seen_on, s.says, s.name_key
            from register_sighting s join register_list l on l.id = s.list_id
            """,
            """
            select 'review', r.matter, i.value from review r join identifier i on i.id = r.identifier_id
            """,
            "select 'state', id, state from receipt",
            "select 'merged', id from contact where merged_into is not null and exists (select from register_entry e where e.contact_id = contact.id)");
}
