package org.postbag.enquiries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.postbag.enquiries.TestItems.START;

import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.postbag.audit.AuditTrail;
import org.postbag.audit.Subject;
import org.postbag.contacts.Contact;
import org.postbag.contacts.Contacts;
import org.postbag.enquiries.TestItems.Spec;
import org.postbag.keeping.Keeping;
import org.postbag.keeping.Keeping.Done;
import org.postbag.normalising.Automatic;
import org.postbag.normalising.Claim;
import org.postbag.receiving.Channel;
import org.postbag.receiving.Receipt;
import org.postbag.retention.Category;

/** The nightly job on a real database. Items come on 1 March 2026, so a year's last day is 1 March 2027. */
class RetentionTest {

    private static final String ADA = "staff:ada";
    private static final Instant LAST_DAY = Instant.parse("2027-03-01T23:00:00Z");
    private static final Instant NEXT_DAY = Instant.parse("2027-03-02T02:00:00Z");
    private static final Done NOTHING = new Done(0, 0, 0, 0);

    private final FilingRig rig = new FilingRig(org.postbag.TestServers.database(), START);
    private final Keeping keeping = rig.bean(Keeping.class);

    @AfterEach
    void close() {
        rig.close();
    }

    private static Spec mail(int days) {
        return Spec.of(Channel.EMAIL, START.plus(Duration.ofDays(days)));
    }

    private void file(Receipt... receipts) {
        rig.filer().file(List.of(receipts));
    }

    private Receipt item(String label, Spec spec) {
        return rig.items.item(label, spec);
    }

    private long countOf(String table, String label) {
        return rig.count(table + " where receipt_id = '" + TestItems.id(label).hex() + "'");
    }

    @Test
    void whatIsDueGoesAndACountRemains() {
        file(
                item(
                        "old",
                        mail(0).from("Jane Doe", "jane@example.org", null)
                                .with("a.pdf")
                                .claiming(new Claim(Claim.Kind.TELEPHONE, "01792 496000"))),
                item("kept", mail(0).from("John Smith", "john@example.org", null)),
                item("kept by this", mail(9).from("John Smith", "john@example.org", null)),
                item(
                        "old thread",
                        mail(0).from("A", "info@office.example", null).thread("1")),
                item(
                        "new thread",
                        mail(9).from("B", "info@office.example", null).thread("2")),
                item("unreadable", mail(0).saying("unreadable", "")));
        long enquiry = rig.enquiryOf("old");
        rig.at(LAST_DAY);
        assertThat(keeping.dryRun()).isEmpty();
        assertThat(keeping.run()).isEqualTo(NOTHING);

        rig.at(NEXT_DAY);
        assertThat(keeping.dryRun())
                .extracting(d -> d.what() + " " + d.category() + " " + d.channel() + " " + d.count() + " " + d.oldest())
                .containsExactly(
                        "contacts public - 1 2026-03-01",
                        "enquiries public email 2 2026-03-01",
                        "quarantine - email 1 2026-03-01");
        assertThat(keeping.run()).isEqualTo(new Done(2, 1, 1, 0));
        assertThat(keeping.run()).isEqualTo(NOTHING);
        assertThat(keeping.dryRun()).isEmpty();

        assertThat(rig.items.has(TestItems.id("old"))).isFalse();
        assertThat(rig.items.has(TestItems.id("old thread"))).isFalse();
        assertThat(rig.items.has(TestItems.id("unreadable"))).isFalse();
        assertThat(rig.items.has(TestItems.id("kept"))).isTrue();
        assertThat(rig.text("select string_agg(value, ' ' order by value) from identifier"))
                .isEqualTo("info@office.example john@example.org");
        assertThat(rig.count("claim") + rig.count("attachment") + rig.count("quarantine") + rig.count("raw_erasure"))
                .isZero();
        assertThat(rig.count("contact where erased_at = '" + NEXT_DAY
                        + "' and coalesce(name, item_name, given_name) is null"))
                .isEqualTo(1);
        assertThat(rig.text("""
                        select string_agg(channel || ' ' || category || ' ' || received_on || ' ' || enquiries, ', ' order by category)
                        from erased_count
                        """)).isEqualTo("email public 2026-03-01 2, email quarantine 2026-03-01 1");
        assertThat(rig.count("index_work where enquiry_id = " + enquiry)).isEqualTo(1);
        assertThat(rig.count("receipt where state = 'erased'")).isEqualTo(3);
    }

    @Test
    void aMailboxReadAgainBringsNobodyBack() {
        var old = item("old", mail(0).from("Jane Doe", "jane@example.org", null));
        file(old);
        rig.at(NEXT_DAY);
        keeping.run();

        file(item("old", mail(0).from("Jane Doe", "jane@example.org", null)));

        assertThat(rig.count("enquiry")).isZero();
        assertThat(rig.count("identifier")).isZero();
        // Its bytes came again too, and go again.
        assertThat(rig.items.has(old.id())).isTrue();
        keeping.run();
        assertThat(rig.items.has(old.id())).isFalse();
        // Who writes again is someone new.
        file(item("again", mail(400).from("Jane Doe", "jane@example.org", null)));
        assertThat(rig.count("contact where erased_at is null")).isEqualTo(1);
        assertThat(rig.contacts().byId(rig.contactOf("again")).orElseThrow().erasedAt())
                .isNull();
    }

    @Test
    void personalValuesGoFromTheTrailWhichStays() {
        file(item(
                "old",
                mail(0).from("Jane Doe", "jane@example.org", null)
                        .claiming(new Claim(Claim.Kind.TELEPHONE, "01792 496000"))));
        long contactId = rig.contactOf("old");
        long enquiryId = rig.enquiryOf("old");
        var claim = rig.claims().ofEnquiry(enquiryId).getFirst();
        rig.claims().confirm(claim.id(), ADA);
        rename(contactId, "Janet Doe");
        assertThat(rig.count("audit_value")).isPositive();
        long events = rig.count("audit_event");

        rig.at(NEXT_DAY);
        keeping.run();

        assertThat(rig.count("audit_value")).isZero();
        assertThat(rig.count("audit_event")).isEqualTo(events + 2);
        assertThat(rig.bean(AuditTrail.class).history(Subject.contact(contactId), 10))
                .extracting(e -> e.actor() + " " + e.action() + " " + e.before() + " " + e.after())
                .containsExactly(
                        "job:retention ERASED null null",
                        "staff:ada CORRECTED null null",
                        "staff:ada CONFIRMED null null",
                        "job:filing CREATED null null");
        assertThat(rig.count("identifier_use") + rig.count("identifier") + rig.count("review"))
                .isZero();
    }

    private void rename(long contactId, String name) {
        var contact = rig.contacts().byId(contactId).orElseThrow();
        correct(contact, contact.category(), name);
    }

    private void correct(Contact contact, Category category, String name) {
        assertThat(rig.contacts()
                        .correct(
                                new Contacts.Correction(
                                        contact.id(),
                                        contact.version(),
                                        contact.kind(),
                                        category,
                                        name,
                                        null,
                                        contact.sharedMailbox(),
                                        contact.writersByStaff()),
                                ADA))
                .isInstanceOf(Contacts.Corrected.Saved.class);
    }

    @Test
    void onlyWhatAPersonSentMovesTheDate() {
        var jane = mail(0).from("Jane Doe", "jane@example.org", null);
        file(
                item("first", jane),
                item("bounce", mail(30).from(null, "jane@example.org", null).automatic(Automatic.BOUNCE)),
                item("away", mail(30).from(null, "jane@example.org", null).automatic(Automatic.AUTO_REPLY)),
                item("ours", mail(30).outboundTo("jane@example.org")),
                item("by list", mail(0).from("L", "list@example.org", null)),
                item(
                        "by list again",
                        mail(30).from("L", "list@example.org", null).automatic(Automatic.LIST)));
        rig.at(START.plus(Duration.ofDays(40)));
        rename(rig.contactOf("first"), "Janet Doe");
        rig.contacts()
                .retire(
                        rig.contactOf("first"),
                        rig.contacts()
                                .identifiers(rig.contactOf("first"))
                                .getFirst()
                                .identifierId(),
                        ADA);

        assertThat(rig.contacts().byId(rig.contactOf("first")).orElseThrow().keptUntil())
                .isEqualTo("2027-03-01");
        assertThat(rig.enquiries().byId(rig.enquiryOf("first")).orElseThrow().keptUntil())
                .isEqualTo("2027-03-01");
        assertThat(rig.contacts().byId(rig.contactOf("by list")).orElseThrow().keptUntil())
                .isEqualTo("2027-03-31");
        rig.at(NEXT_DAY);
        assertThat(keeping.run()).isEqualTo(new Done(4, 1, 0, 0));
        assertThat(rig.count("enquiry")).isEqualTo(2);
    }

    @Test
    void aCategoryKeepsItsRecordsByItsOwnRule() {
        file(
                item("party", mail(0).from("Party", "a@party.example", null)),
                item("administrator", mail(0).from("Office", "b@council.example", null)),
                item("member", mail(0).from("Member", "c@parliament.example", null)),
                // Who never wrote has a date too: their program answered, and they are known since.
                item("never wrote", mail(0).from(null, "d@example.org", null).automatic(Automatic.AUTO_REPLY)));
        correct(rig.contacts().byId(rig.contactOf("party")).orElseThrow(), Category.POLITICAL_PARTY, "Party");
        correct(
                rig.contacts().byId(rig.contactOf("administrator")).orElseThrow(),
                Category.ELECTORAL_ADMINISTRATOR,
                "Office");
        correct(rig.contacts().byId(rig.contactOf("member")).orElseThrow(), Category.ELECTED_REPRESENTATIVE, "Member");
        rig.ownerSql()
                .sql(
                        "update contact set last_seen_at = '2026-09-01T12:00:00Z' where category = 'elected-representative'")
                .update();

        assertThat(erasedOn("2027-03-02")).isEqualTo("never wrote");
        assertThat(erasedOn("2027-09-01")).isEmpty();
        assertThat(erasedOn("2027-09-02")).isEqualTo("member");
        assertThat(erasedOn("2029-03-01")).isEmpty();
        assertThat(erasedOn("2029-03-02")).isEqualTo("administrator");
        assertThat(erasedOn("2033-03-01")).isEmpty();
        assertThat(erasedOn("2033-03-02")).isEqualTo("party");
    }

    private String erasedOn(String day) {
        var labels = List.of("party", "administrator", "member", "never wrote");
        var before =
                labels.stream().filter(label -> countOf("enquiry", label) == 1).toList();
        rig.at(Instant.parse(day + "T02:00:00Z"));
        keeping.run();
        return String.join(
                ", ",
                before.stream().filter(label -> countOf("enquiry", label) == 0).toList());
    }

    @Test
    void aBusyOfficeKeepsNeitherOthersEnquiriesNorTheirNames() {
        file(
                item(
                        "first",
                        mail(0).from("Jane Doe", "info@office.example", null).thread("1")),
                item(
                        "answer",
                        mail(5).from("Jane Doe", "info@office.example", null).thread("1")),
                item(
                        "other",
                        mail(2).from("John Smith", "info@office.example", null).thread("2")));
        long office = rig.contactOf("first");
        assertThat(rig.contacts().byId(office).orElseThrow().name()).isEqualTo("Jane Doe");

        rig.at(Instant.parse("2027-03-06T02:00:00Z"));
        assertThat(keeping.run()).isEqualTo(new Done(1, 0, 0, 0));
        assertThat(countOf("enquiry", "first")).isEqualTo(1);
        assertThat(rig.contacts().byId(office).orElseThrow().name()).isEqualTo("Jane Doe");

        file(item("new", mail(370).from("Li Wei", "info@office.example", null).thread("3")));
        rig.at(Instant.parse("2027-03-07T02:00:00Z"));
        assertThat(keeping.run()).isEqualTo(new Done(2, 0, 0, 0));

        var contact = rig.contacts().byId(office).orElseThrow();
        assertThat(contact.erasedAt()).isNull();
        assertThat(contact.name()).isEqualTo("Li Wei");
        assertThat(rig.count("contact where name = 'Li Wei' and named_by is not null"))
                .isEqualTo(1);
        assertThat(rig.count("enquiry")).isEqualTo(1);
        assertThat(rig.count("thread")).isEqualTo(1);
        file(item("newer", mail(371).from("Li Wei", "info@office.example", null).thread("3")));
        assertThat(rig.contacts().byId(office).orElseThrow().name()).isEqualTo("Li Wei");
    }

    @Test
    void quarantineHasADateAndWhatIsDiscardedAnEarlierOne() {
        file(
                item("stays", mail(0).saying("unreadable", "")),
                item("discarded", mail(0).saying("unreadable", "")),
                item("undone", mail(0).saying("unreadable", "")));
        rig.quarantine().discard(TestItems.id("discarded"), "Junk from Jane Doe", ADA);
        rig.quarantine().discard(TestItems.id("undone"), "Junk", ADA);
        rig.quarantine().restore(TestItems.id("undone"), ADA);

        rig.at(Instant.parse("2026-03-31T22:59:00Z"));
        assertThat(keeping.run()).isEqualTo(NOTHING);
        // In the UK it is the first of April already, 31 days after.
        rig.at(Instant.parse("2026-03-31T23:01:00Z"));
        assertThat(keeping.dryRun()).extracting(Keeping.Due::count).containsExactly(1L);
        assertThat(keeping.run()).isEqualTo(new Done(0, 0, 1, 0));
        assertThat(countOf("quarantine", "discarded")).isZero();
        assertThat(rig.items.has(TestItems.id("discarded"))).isFalse();
        assertThat(rig.count("audit_value where value like '%Jane Doe%'")).isZero();
        assertThat(rig.quarantine().restore(TestItems.id("discarded"), ADA)).isFalse();

        rig.at(NEXT_DAY);
        assertThat(keeping.run()).isEqualTo(new Done(0, 0, 2, 0));
        assertThat(rig.count("quarantine")).isZero();
    }

    @Test
    void whatIsCutOffHalfWayIsDoneTheNextTimeAndCountedOnce() {
        var receipts = new ArrayList<Receipt>();
        for (int i = 0; i < 450; i++) {
            receipts.add(item("many" + i, mail(0).from("Jane Doe", "jane@example.org", null)));
        }
        receipts.add(item("other", mail(0).from("John Smith", "john@example.org", null)));
        rig.filer().file(receipts);
        rig.ownerSql().sql("""
                create function stop() returns trigger language plpgsql as $$ begin
                    if (select count(*) from receipt where state = 'erased') >= 200 and (select count(*) from contact where id = old.contact_id
                        and name = 'Jane Doe') = 1 then raise exception 'Jane Doe' using errcode = '22000'; end if; return old; end $$
                """).update();
        rig.ownerSql()
                .sql("create trigger stop before delete on enquiry for each row execute function stop()")
                .update();
        rig.at(NEXT_DAY);
        rig.items.away = true;

        // One contact stops half-way; it keeps no other from going.
        assertThat(keeping.run()).isEqualTo(new Done(201, 1, 0, 1));
        assertThat(rig.count("enquiry")).isEqualTo(250);
        assertThat(rig.count("raw_erasure")).isEqualTo(201);
        assertThat(rig.items.has(TestItems.id("other"))).isTrue();

        rig.ownerSql().sql("drop trigger stop on enquiry").update();
        assertThat(keeping.run()).isEqualTo(new Done(250, 1, 0, 0));
        assertThat(rig.count("raw_erasure")).isEqualTo(451);
        rig.items.away = false;
        assertThat(keeping.run()).isEqualTo(NOTHING);

        assertThat(rig.count("raw_erasure")).isZero();
        assertThat(receipts).noneMatch(receipt -> rig.items.has(receipt.id()));
        assertThat(rig.text("select sum(enquiries)::text from erased_count")).isEqualTo("451");
        assertThat(rig.count("audit_event where action = 'ERASED' and subject_kind = 'enquiry'"))
                .isEqualTo(451);
    }

    @Test
    void whoWritesWhileItRunsIsKept() throws Exception {
        file(
                item("gone", mail(0).from("Jane Doe", "jane@example.org", null)),
                item("writes", mail(0).from("John Smith", "john@example.org", null)));
        long writer = rig.contactOf("writes");
        rig.at(NEXT_DAY);
        try (var threads = Executors.newSingleThreadExecutor();
                Connection filing = rig.database.application().getConnection()) {
            filing.setAutoCommit(false);
            try (var statement = filing.createStatement()) {
                statement.execute("select id from contact where id = " + writer + " for update");
                Future<Done> night = threads.submit(keeping::run);
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> rig.ownerSql()
                                        .sql("select count(*) from pg_locks where not granted and database = "
                                                + "(select oid from pg_database where datname = current_database())"
                                                + " or not granted and locktype = 'transactionid'")
                                        .query(Long.class)
                                        .single()
                                > 0);
                statement.execute("update contact set last_contact_at = '" + NEXT_DAY + "' where id = " + writer);
                filing.commit();
                assertThat(night.get()).isEqualTo(new Done(1, 1, 0, 0));
            }
        }
        assertThat(countOf("enquiry", "writes")).isEqualTo(1);
        assertThat(countOf("enquiry", "gone")).isZero();
        assertThat(rig.contacts().byId(writer).orElseThrow().keptUntil()).isEqualTo("2028-03-02");
    }

    @Test
    void twoNodesAtOnceEraseEachRecordOnce() throws Exception {
        var receipts = new ArrayList<Receipt>();
        for (int i = 0; i < 60; i++) {
            receipts.add(item("item" + i, mail(0).from(null, "p" + i % 20 + "@example.org", null)));
        }
        rig.filer().file(receipts);
        rig.at(NEXT_DAY);
        int enquiries = 0;
        int contacts = 0;
        try (var threads = Executors.newFixedThreadPool(2)) {
            var nights = threads.invokeAll(List.<Callable<Done>>of(keeping::run, keeping::run));
            for (var night : nights) {
                enquiries += night.get().enquiries();
                contacts += night.get().contacts();
                assertThat(night.get().failed()).isZero();
            }
        }
        assertThat(enquiries).isEqualTo(60);
        assertThat(contacts).isEqualTo(20);
        assertThat(rig.text("select sum(enquiries)::text from erased_count")).isEqualTo("60");
    }
}
