package org.postbag.enquiries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postbag.enquiries.TestItems.START;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postbag.contacts.Contact;
import org.postbag.contacts.ContactLookup;
import org.postbag.contacts.Contacts;
import org.postbag.contacts.Merging;
import org.postbag.contacts.Merging.MergeRecord;
import org.postbag.contacts.Merging.Outcome;
import org.postbag.contacts.Merging.Side;
import org.postbag.contacts.Organisations;
import org.postbag.contacts.Organisations.Placing;
import org.postbag.enquiries.TestItems.Spec;
import org.postbag.keeping.Keeping;
import org.postbag.receiving.Channel;
import org.postbag.retention.Category;
import org.postbag.staff.Role;
import org.postbag.staff.StaffMember;

class MergingTest {

    private static final String ADA = "staff:ada";

    private final FilingRig rig = new FilingRig();
    private final Merging merging = rig.bean(Merging.class);
    private long jane;
    private long janet;
    private long other;

    @BeforeEach
    void threeWrote() {
        file("jane", 0, "Jane Doe", "jane@example.org");
        file("janet", 20, "Janet Doe", "janet@example.org");
        file("other", 40, "Li Wei", "li@example.org");
        jane = rig.contactOf("jane");
        janet = rig.contactOf("janet");
        other = rig.contactOf("other");
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private void file(String label, int day, String name, String email) {
        rig.filer()
                .file(List.of(rig.items.item(
                        label,
                        Spec.of(Channel.EMAIL, START.plus(Duration.ofDays(day))).from(name, email, null))));
    }

    private MergeRecord merge(long survivor, long merged) {
        return ((Outcome.Merged) merging.merge(survivor, merged, ADA, "The same handwriting")).merge();
    }

    /** Every row of the record, but for versions, which only say that a page is out of date. */
    private String dump() {
        var text = new StringBuilder();
        for (var table : List.of(
                "contact",
                "identifier",
                "identifier_use",
                "thread",
                "thread_key",
                "enquiry",
                "claim",
                "review",
                "register_entry",
                "contact_match",
                "contact_key",
                "contact_traits",
                "move")) {
            rig.sql()
                    .sql("select (to_jsonb(t) - 'version')::text from %s t order by 1".formatted(table))
                    .query(String.class)
                    .list()
                    .forEach(row -> text.append(table).append(' ').append(row).append('\n'));
        }
        return text.toString();
    }

    @Test
    void endingAMergeLeavesEveryRowAsItWas() {
        var before = dump();
        var first = merge(jane, janet);
        var second = merge(other, jane);

        assertThat(rig.contacts().shownAs(janet).orElseThrow().id()).isEqualTo(other);
        assertThat(rig.panel().count(other)).isEqualTo(3);
        assertThat(rig.panel().count(jane)).isEqualTo(1);
        assertThat(rig.contacts().identifiers(other)).hasSize(3);
        assertThat(merging.of(other)).extracting(MergeRecord::id).containsExactly(second.id(), first.id());

        merging.unmerge(second.id(), Set.of(), ADA);
        assertThat(rig.contacts().shownAs(janet).orElseThrow().id()).isEqualTo(jane);
        merging.unmerge(first.id(), Set.of(), ADA);
        assertThat(dump()).isEqualTo(before);
        assertThat(merging.byId(first.id()).orElseThrow().stands()).isFalse();
        assertThat(rig.count("audit_event where actor = '%s' and subject_id = '%d'".formatted(ADA, janet)))
                .isEqualTo(2);
    }

    @Test
    void mergingAndItsEndAreWorkForTheIndex() {
        long highest = highestWork();
        var merge = merge(jane, janet);
        assertThat(workSince(highest)).isEqualTo(2);

        highest = highestWork();
        merging.unmerge(merge.id(), Set.of(), ADA);
        assertThat(workSince(highest)).isEqualTo(2);
    }

    private long highestWork() {
        return rig.sql()
                .sql("select max(version) from index_work")
                .query(Long.class)
                .single();
    }

    private static final StaffMember READER = new StaffMember("staff:rhian", "Rhian Bevan", Set.of(Role.READER));

    private long workSince(long version) {
        return rig.count("index_work where version > " + version);
    }

    @Test
    void whoIsMergedIsFoundAsWhoIsShown() {
        merge(jane, janet);

        var lookup = rig.bean(ContactLookup.class);
        assertThat(lookup.find("janet@example.org", 10, READER))
                .extracting(Contact::id)
                .containsExactly(jane);
        assertThat(lookup.find("Janet", 10, READER)).extracting(Contact::id).containsExactly(jane);
        assertThat(lookup.find("Doe", 10, READER)).extracting(Contact::id).containsExactly(jane);
    }

    @Test
    void whatCannotBeMergedSaysWhy() {
        merge(jane, janet);

        assertThat(merging.merge(jane, jane, ADA, "")).isEqualTo(new Outcome.Itself());
        assertThat(merging.merge(jane, janet, ADA, "")).isEqualTo(new Outcome.AlreadyOne(jane));
        assertThat(merging.merge(other, janet, ADA, "")).isEqualTo(new Outcome.PartOfAnother(janet, jane));
        assertThat(merging.merge(other, 999_999, ADA, "")).isEqualTo(new Outcome.Unknown(999_999));
        rig.sql()
                .sql("update contact set erased_at = now() where id = ?")
                .param(other)
                .update();
        assertThat(merging.merge(jane, other, ADA, "")).isEqualTo(new Outcome.Erased(other));
    }

    @Test
    void whatStaffSaidAreNotTheSameStaysApartUntilTheyAreNoLongerSure() {
        merge(jane, janet);
        rig.sql()
                .sql("""
                        insert into contact_match (one, other, log_odds, decision, model, found_at, verdict, decided_by, decided_at)
                        values (?, ?, 3.5, 'review', 'test', now(), 'not-same', 'staff:grace', '2026-03-30T10:00:00Z')
                        """)
                .params(Math.min(janet, other), Math.max(janet, other))
                .update();

        // Said of one that is merged: it holds for all that are one with it.
        assertThat(merging.merge(jane, other, ADA, ""))
                .isEqualTo(new Outcome.SaidNotSame(
                        Math.min(janet, other),
                        Math.max(janet, other),
                        "grace",
                        Instant.parse("2026-03-30T10:00:00Z")));
        assertThat(merging.reconsider(other, janet, ADA)).isTrue();
        assertThat(merging.reconsider(other, janet, ADA)).isFalse();
        assertThat(merging.merge(jane, other, ADA, "")).isInstanceOf(Outcome.Merged.class);
    }

    @Test
    void whatSomeoneChangedMeanwhileIsNotMerged() {
        int version = rig.contacts().byId(jane).orElseThrow().version();
        int otherVersion = rig.contacts().byId(janet).orElseThrow().version();
        correct(janet, Category.PRESS);

        assertThat(merging.merge(new Side(jane, version), new Side(janet, otherVersion), "", ADA))
                .isEqualTo(new Outcome.Changed());
        assertThat(merging.merge(new Side(jane, version), new Side(janet, otherVersion + 1), "", ADA))
                .isInstanceOf(Outcome.Merged.class);
    }

    private void correct(long contactId, Category category) {
        var contact = rig.contacts().byId(contactId).orElseThrow();
        assertThat(rig.contacts()
                        .correct(
                                new Contacts.Correction(
                                        contactId,
                                        contact.version(),
                                        contact.kind(),
                                        category,
                                        contact.name(),
                                        null,
                                        contact.sharedMailbox(),
                                        contact.writersByStaff()),
                                ADA))
                .isInstanceOf(Contacts.Corrected.Saved.class);
    }

    /** One clock, the later; and of the two rules the one that ends first: a party is kept for seven years, the public for one. */
    @Test
    void twoThatAreOneAreKeptByTheStricterRuleFromTheLaterContact() {
        correct(janet, Category.POLITICAL_PARTY);
        var merge = merge(janet, jane);
        var keeping = rig.bean(Keeping.class);

        var until = LocalDate.of(2027, 3, 21);
        assertThat(rig.contacts().byId(janet).orElseThrow().keptUntil()).isEqualTo(until);
        assertThat(rig.contacts().byId(jane).orElseThrow().keptUntil()).isEqualTo(until);
        assertThat(rig.enquiries().byId(rig.enquiryOf("jane")).orElseThrow().keptUntil())
                .isEqualTo(until);
        assertThat(rig.enquiries().byId(rig.enquiryOf("janet")).orElseThrow().keptUntil())
                .isEqualTo(until);

        // Jane alone would be due: who wrote later is not deleted because a duplicate is old.
        rig.at(Instant.parse("2027-03-21T02:00:00Z"));
        assertThat(keeping.dryRun()).isEmpty();
        assertThat(keeping.run()).isEqualTo(new Keeping.Done(0, 0, 0, 0));
        merging.unmerge(merge.id(), Set.of(), ADA);
        assertThat(keeping.dryRun()).extracting(Keeping.Due::count).containsExactly(1L, 1L);
        merging.again(merge.id(), ADA);

        rig.at(Instant.parse("2027-03-22T02:00:00Z"));
        assertThat(keeping.dryRun())
                .extracting(due -> due.what() + " " + due.count())
                .containsExactly("contacts 1", "enquiries 2");
        assertThat(keeping.run()).isEqualTo(new Keeping.Done(2, 1, 0, 0));
        assertThat(rig.count("contact where erased_at is not null and name is null and id in (%d, %d)"
                        .formatted(jane, janet)))
                .isEqualTo(2);
        assertThat(rig.count("merge where reason is not null")).isZero();
        assertThat(rig.count("audit_value v where v.subject_kind = 'contact' and v.subject_id in ('%d', '%d')"
                        .formatted(jane, janet)))
                .isZero();
        assertThat(merging.again(merge.id(), ADA)).isInstanceOf(Outcome.Erased.class);
    }

    /** A shared mailbox has a clock for each thread; who is one with it has them too. */
    @Test
    void whoIsOneWithASharedMailboxIsKeptThreadByThread() {
        file("office", 10, "Jane Doe", "info@office.example");
        merge(jane, rig.contactOf("office"));
        file("later", 200, "Jane Doe", "jane@example.org");

        assertThat(rig.enquiries().byId(rig.enquiryOf("jane")).orElseThrow().keptUntil())
                .isEqualTo(LocalDate.of(2027, 3, 1));
        rig.at(Instant.parse("2027-03-12T02:00:00Z"));
        assertThat(rig.bean(Keeping.class).run()).isEqualTo(new Keeping.Done(2, 0, 0, 0));
        assertThat(rig.count("enquiry where contact_id = " + jane)).isEqualTo(1);
    }

    @Test
    void aPersonIsAtAnOrganisationAndAtWhatThatIsMergedInto() {
        var organisations = rig.bean(Organisations.class);
        assertThat(organisations.put(jane, other, ADA)).isEqualTo(Placing.NOT_AN_ORGANISATION);
        rig.sql()
                .sql("update contact set kind = 'organisation' where id = ?")
                .param(other)
                .update();
        assertThat(organisations.put(jane, other, ADA)).isEqualTo(Placing.DONE);
        assertThat(organisations.put(jane, other, ADA)).isEqualTo(Placing.NOTHING_TO_DO);
        assertThat(organisations.put(other, other, ADA)).isEqualTo(Placing.ITSELF);

        file("head office", 50, "The Council", "council@example.org");
        long office = rig.contactOf("head office");
        merge(office, other);
        merge(janet, jane);

        assertThat(organisations.of(janet)).extracting(Contact::id).containsExactly(office);
        assertThat(organisations.people(office)).extracting(Contact::id).containsExactly(janet);
        assertThat(organisations.remove(janet, office, ADA)).isTrue();
        assertThat(organisations.people(office)).isEmpty();
    }
}
