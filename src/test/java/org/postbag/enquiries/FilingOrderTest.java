package org.postbag.enquiries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.postbag.enquiries.TestItems.START;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postbag.contacts.Contact;
import org.postbag.contacts.Contacts;
import org.postbag.contacts.Contacts.Corrected;
import org.postbag.enquiries.TestItems.Spec;
import org.postbag.normalising.Automatic;
import org.postbag.normalising.Claim;
import org.postbag.receiving.Channel;
import org.postbag.receiving.Receipt;
import org.postbag.retention.Category;

/**
 * Filing gives the same end in any order: four consumers, each item twice and shuffled, while staff correct contacts and rules change, against one
 * after the other. A deadlock that is not tried again fails it.
 */
class FilingOrderTest {

    private static final int ITEMS = 1_200;
    private static final int CONSUMERS = 4;
    private static final int CORRECTED = 12;
    private static final int LAST_PERIOD_MONTHS = 18;
    private static final String ADA = "staff:ada";

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void fourConsumersEndLikeOne(long seed) throws Exception {
        String expected;
        Map<String, LocalDate> dates;
        try (var rig = new FilingRig()) {
            var receipts = receipts(rig, seed);
            receipts.forEach(r -> rig.filer().file(List.of(r)));
            corrections(receipts).forEach((label, category) -> correct(rig, label, category));
            setPeriod(rig, LAST_PERIOD_MONTHS);
            expected = Record.of(rig.sql());
            dates = dates(rig);
        }
        try (var rig = new FilingRig()) {
            var receipts = receipts(rig, seed);
            fileAllAtOnce(rig, receipts, new Random(seed));
            assertThat(Record.of(rig.sql())).as("seed %s", seed).isEqualTo(expected);
            assertThat(dates(rig)).as("seed %s", seed).isEqualTo(dates);
        }
    }

    /** Until when each enquiry is kept, under the rules as they stand. */
    private static Map<String, LocalDate> dates(FilingRig rig) {
        var dates = new TreeMap<String, LocalDate>();
        rig.sql().sql("select id from enquiry").query(Long.class).list().forEach(id -> {
            var enquiry = rig.enquiries().byId(id).orElseThrow();
            dates.put(enquiry.reference(), enquiry.keptUntil());
        });
        return dates;
    }

    private static void fileAllAtOnce(FilingRig rig, List<Receipt> receipts, Random random) throws Exception {
        var twice = new ArrayList<>(receipts);
        twice.addAll(receipts);
        Collections.shuffle(twice, random);
        var done = new AtomicBoolean();
        try (var threads = Executors.newCachedThreadPool()) {
            var filing = new ArrayList<Future<?>>();
            for (int consumer = 0; consumer < CONSUMERS; consumer++) {
                var mine = new ArrayList<List<Receipt>>();
                for (int from = consumer * 40; from < twice.size(); from += CONSUMERS * 40) {
                    mine.add(twice.subList(from, Math.min(from + 40, twice.size())));
                }
                filing.add(threads.submit(() -> mine.forEach(rig.filer()::file)));
            }
            var staff = threads.submit(
                    () -> corrections(receipts).forEach((label, category) -> correct(rig, label, category)));
            var rules = threads.submit(changingRules(rig, done));
            for (var one : filing) {
                one.get();
            }
            staff.get();
            done.set(true);
            assertThat(rules.get()).isPositive();
            setPeriod(rig, LAST_PERIOD_MONTHS);
        }
    }

    private static Callable<Integer> changingRules(FilingRig rig, AtomicBoolean done) {
        return () -> {
            int changes = 0;
            while (!done.get()) {
                setPeriod(rig, 12 + ++changes % 2);
            }
            return changes;
        };
    }

    private static void setPeriod(FilingRig rig, int months) {
        rig.sql()
                .sql(
                        "update retention_rule set period_months = ?, version = version + 1 where category in ('public', 'press')")
                .param(months)
                .update();
    }

    /** Who is corrected, by the label of an item of theirs: some in the middle of what is filed. */
    private static Map<String, Category> corrections(List<Receipt> receipts) {
        var all = new TreeMap<String, Category>();
        for (int i = 0; i < CORRECTED; i++) {
            all.put("item" + i * receipts.size() / CORRECTED, i % 2 == 0 ? Category.PRESS : Category.POLITICAL_PARTY);
        }
        return all;
    }

    /** Waits until the item is filed, and saves again where filing or another correction came between. */
    private static void correct(FilingRig rig, String label, Category category) {
        var id = TestItems.id(label).hex();
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> rig.count("receipt where state in ('filed', 'quarantined') and id = '" + id + "'") == 1);
        if (rig.count("enquiry where receipt_id = '" + id + "'") == 0) {
            return;
        }
        long contactId = rig.contactOf(label);
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> {
                    var current = rig.contacts().byId(contactId).orElseThrow();
                    return rig.contacts()
                                    .correct(
                                            new Contacts.Correction(
                                                    contactId,
                                                    current.version(),
                                                    Contact.Kind.PERSON,
                                                    category,
                                                    "Set By Staff",
                                                    "Body",
                                                    current.sharedMailbox(),
                                                    current.writersByStaff()),
                                            ADA)
                            instanceof Corrected.Saved;
                });
    }

    /** A crowd small enough that most of its items meet on the same people, addresses and numbers. */
    private static List<Receipt> receipts(FilingRig rig, long seed) {
        var random = new Random(seed);
        var receipts = new ArrayList<Receipt>();
        for (int i = 0; i < ITEMS; i++) {
            receipts.add(rig.items.item("item" + i, spec(random)));
        }
        return receipts;
    }

    private static final String[] NAMES = {
        "Jane Doe",
        "jane  doe",
        "Mrs Jane Doe",
        "John Smith",
        "Jos\u00e9 Garc\u00eda",
        "Jose Garcia",
        "Unknown",
        "Li Wei",
        "",
        "\u041e\u043b\u044c\u0433\u0430"
    };

    private static Spec spec(Random random) {
        var at = START.plusSeconds(random.nextInt(200));
        var name = random.nextInt(4) == 0 ? null : NAMES[random.nextInt(NAMES.length)];
        var email = random.nextInt(40) == 0 ? FilingRig.OWN_ADDRESS : "p" + random.nextInt(40) + "@example.org";
        var number = "+4417924960" + (10 + random.nextInt(20));
        var spec = switch (random.nextInt(6)) {
            case 0 -> Spec.of(Channel.TELEPHONE, at).from(name, null, random.nextInt(6) == 0 ? null : number);
            case 1 ->
                Spec.of(Channel.WEB_FORM, at)
                        .from(name, random.nextBoolean() ? email : null, number)
                        .claiming(
                                new Claim(Claim.Kind.EMAIL, "p" + random.nextInt(60) + "@example.org"),
                                new Claim(Claim.Kind.POSTCODE, "SA1 1AA"));
            case 2 -> Spec.of(Channel.X, at).from(name, null, null).handle("x:" + random.nextInt(10));
            default ->
                Spec.of(Channel.EMAIL, at).from(name, random.nextInt(20) == 0 ? "no-reply@shop.example" : email, null);
        };
        if (random.nextInt(10) == 0) {
            spec = spec.automatic(random.nextBoolean() ? Automatic.BOUNCE : Automatic.AUTO_REPLY);
        }
        if (random.nextInt(3) == 0) {
            spec = spec.thread("thread" + random.nextInt(5));
        }
        if (random.nextInt(10) == 0) {
            spec = spec.with("a.pdf", "b.png");
        }
        return random.nextInt(30) == 0
                ? spec.saying("unreadable", "")
                : spec.saying("About voting", "Text " + random.nextInt());
    }
}
