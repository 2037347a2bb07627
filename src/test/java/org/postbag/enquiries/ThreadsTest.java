package org.postbag.enquiries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postbag.enquiries.TestItems.START;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postbag.enquiries.TestItems.Spec;
import org.postbag.normalising.Automatic;
import org.postbag.normalising.EmailAddress;
import org.postbag.receiving.Channel;
import org.postbag.receiving.Receipt;

/** Which items are one conversation, and where what we answered stands. */
class ThreadsTest {

    private static final String JANE = "jane@example.org";

    private FilingRig rig;

    @BeforeEach
    void start() {
        rig = new FilingRig();
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    private static Spec mail(int day) {
        return Spec.of(Channel.EMAIL, START.plus(Duration.ofDays(day)));
    }

    private static Spec jane(int day) {
        return mail(day).from("Jane Doe", JANE, null);
    }

    private static Spec ours(int day) {
        return mail(day).outboundTo(JANE);
    }

    private Receipt item(String label, Spec spec) {
        return rig.items.item(label, spec);
    }

    /** One by one in this order, then what waits. */
    private void file(Receipt... receipts) {
        for (var receipt : receipts) {
            rig.filer().file(List.of(receipt));
        }
        rig.filer().fileFitting(100);
    }

    private long thread(String label) {
        return rig.sql()
                .sql("select thread_id from enquiry where receipt_id = ?")
                .param(TestItems.id(label).hex())
                .query(Long.class)
                .single();
    }

    @Test
    void messagesThatNameEachOtherAreOneThreadThoughOneInTheMiddleComesLast() {
        file(item("first", jane(0).id("a@example.org")), item("third", jane(2).id("c@example.org", "b@example.org")));
        assertThat(thread("third")).isNotEqualTo(thread("first"));

        file(item("second", jane(1).id("b@example.org", "a@example.org")));

        assertThat(thread("second")).isEqualTo(thread("first")).isEqualTo(thread("third"));
        assertThat(rig.count("thread")).isEqualTo(1);
    }

    @Test
    void aReferenceInTheSubjectCountsWithASenderOfTheThread() {
        var first = item("first", jane(0).id("a@example.org"));
        var quoting = "Re: Your enquiry [" + first.reference() + "]";

        file(
                first,
                item("jane's answer", jane(1).id("b@elsewhere.example").saying(quoting, "Thank you")),
                item(
                        "a stranger",
                        mail(1).from("Max Muster", "max@example.net", null)
                                .id("c@example.net", "a@example.org")
                                .saying(quoting, "Send it to me")));

        assertThat(thread("jane's answer")).isEqualTo(thread("first"));
        assertThat(thread("a stranger")).isNotEqualTo(thread("first"));
        assertThat(rig.contactOf("a stranger")).isNotEqualTo(rig.contactOf("first"));
    }

    @Test
    void aQuotedReferenceIsFoundAlsoWhereItsEnquiryIsFiledLater() {
        var first = item(
                "first",
                Spec.of(Channel.WEB_FORM, START).from("Jane Doe", JANE, null).thread("a form"));

        file(item("answer", jane(1).saying("AW: " + first.reference(), "Thank you")), first);

        assertThat(thread("answer")).isEqualTo(thread("first"));
    }

    @Test
    void aReplyThatNamesNothingFollowsItsSubject() {
        file(
                item("first", jane(0).id("a@example.org").saying("Postal vote", "?")),
                item("reply", jane(3).id("b@example.org").saying("RE: AW: postal  vote", "!")),
                item("another matter", jane(3).id("c@example.org").saying("Poll card", "?")),
                item("much later", jane(200).id("d@example.org").saying("Re: Postal vote", "!")),
                item(
                        "answers something else",
                        jane(3).id("e@example.org", "z@example.org").saying("Re: Postal vote", "!")),
                item(
                        "somebody else",
                        mail(3).from("Max", "max@example.net", null).saying("Re: Postal vote", "!")));

        assertThat(thread("reply")).isEqualTo(thread("first"));
        assertThat(List.of(thread("another matter"), thread("much later"), thread("somebody else")))
                .doesNotContain(thread("first"))
                .doesNotHaveDuplicates();
    }

    @Test
    void messagesOfOneSubjectStayApartWhereTheyDoNotAsk() {
        file(
                item("one", jane(0).id("a@example.org")),
                item("two", jane(1).id("b@example.org")),
                item(
                        "answers something else",
                        jane(2).id("c@example.org", "z@example.org").saying("Re: Subject", "!")));

        assertThat(List.of(thread("one"), thread("two"), thread("answers something else")))
                .doesNotHaveDuplicates();
    }

    @Test
    void inASharedMailboxASubjectTellsNothing() {
        file(
                item("one", mail(0).from("A", "info@office.example", null).id("a@office.example")),
                item(
                        "two",
                        mail(1).from("B", "info@office.example", null)
                                .id("b@office.example")
                                .saying("Re: Subject", "")));

        assertThat(thread("one")).isNotEqualTo(thread("two"));
    }

    @Test
    void whatWeAnsweredStandsOnTheThreadAndMovesNothing() {
        file(
                item("question", jane(0).id("a@example.org")),
                item(
                        "answer",
                        ours(1).from("Enquiries", "enquiries@body.example", null)
                                .id("b@body.example", "a@example.org")),
                item("thanks", jane(2).id("c@example.org", "b@body.example")));

        assertThat(thread("answer")).isEqualTo(thread("question")).isEqualTo(thread("thanks"));
        assertThat(rig.count("contact")).isEqualTo(1);
        assertThat(rig.count("enquiry where direction = 'outbound'")).isEqualTo(1);
        assertThat(rig.count("contact where last_contact_at = '" + START.plus(Duration.ofDays(2)) + "'"))
                .isEqualTo(1);
    }

    @Test
    void anAnswerIsFiledUnderTheMemberWhoseAddressItCameFrom() {
        rig.ownerSql()
                .sql(
                        "insert into staff_member (username, name, password_hash, email) values ('ada', 'Ada Bell', '', 'ada.bell@body.example')")
                .update();
        var sender = EmailAddress.parse("Ada.Bell@body.example").orElseThrow();

        file(
                item("question", jane(0).id("a@example.org")),
                item(
                        "answer",
                        ours(1).from("Enquiries", "enquiries@body.example", null)
                                .and(message -> message.submitter(sender))
                                .id("b@body.example", "a@example.org")));

        assertThat(rig.enquiries()
                        .byReference(TestItems.id("answer").reference())
                        .getFirst()
                        .sentBy())
                .isEqualTo("Ada Bell");
    }

    @Test
    void anAnswerBeforeItsQuestionWaitsAndIsFiledByItself() {
        file(item("answer", ours(1).id("b@body.example", "a@example.org")));
        assertThat(rig.count("quarantine where reason_code = 'fits-nobody-yet'"))
                .isEqualTo(1);
        assertThat(rig.count("contact")).isZero();

        file(item("question", jane(0).id("a@example.org")));

        assertThat(thread("answer")).isEqualTo(thread("question"));
        assertThat(rig.count("quarantine") + rig.count("unplaced_key")).isZero();
    }

    @Test
    void anAnswerToSeveralGoesToWhoIsAnsweredAndNotToWhoOnlyQuotes() {
        file(
                item("question", jane(0).id("a@example.org")),
                item("a stranger", mail(0).from("Max", "max@example.net", null).id("x@example.net", "a@example.org")),
                item("forwarded", mail(1).outboundTo("office@council.example").id("b@body.example", "a@example.org")),
                item(
                        "answered",
                        mail(1).outboundTo("max@example.net").id("c@body.example", "x@example.net", "a@example.org")));

        assertThat(thread("forwarded")).isEqualTo(thread("question"));
        assertThat(thread("answered")).isEqualTo(thread("a stranger"));
    }

    @Test
    void whatASentFolderHoldsThatWeDidNotWriteCameIn() {
        file(item("put there", ours(0).from("Max", "max@example.net", null)));

        assertThat(rig.count("enquiry where direction = 'inbound'")).isEqualTo(1);
        assertThat(rig.count("contact where last_contact_at is not null")).isEqualTo(1);
    }

    @Test
    void aDeliveryReportIsOnTheContactWhoseAddressFailed() {
        var address = EmailAddress.parse(JANE).orElseThrow();

        file(
                item(
                        "report",
                        mail(1).from("Mail Delivery Subsystem", "mailer-daemon@mail.example", null)
                                .automatic(Automatic.BOUNCE)
                                .and(message -> message.failed(List.of(address)))),
                item("question", jane(0)));

        assertThat(rig.contactOf("report")).isEqualTo(rig.contactOf("question"));
        assertThat(rig.panel().failedAddresses(rig.contactOf("question"))).containsOnlyKeys(JANE);

        file(item("it works again", jane(2)));
        assertThat(rig.panel().failedAddresses(rig.contactOf("question"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23})
    void anyOrderEndsTheSame(long seed) {
        var receipts = new ArrayList<Receipt>();
        var random = new Random(seed);
        for (int i = 0; i < 60; i++) {
            receipts.add(item("item" + i, anyItem(i, random, receipts)));
        }
        receipts.forEach(this::file);
        var expected = Record.of(rig.sql());
        rig.close();

        rig = new FilingRig();
        var again = new Random(seed);
        var same = new ArrayList<Receipt>();
        for (int i = 0; i < 60; i++) {
            same.add(item("item" + i, anyItem(i, again, same)));
        }
        Collections.shuffle(same, again);
        for (int from = 0; from < same.size(); from += 7) {
            rig.filer().file(same.subList(from, Math.min(same.size(), from + 7)));
        }
        rig.filer().fileFitting(100);

        assertThat(Record.of(rig.sql()).lines())
                .as("seed %s", seed)
                .containsExactlyElementsOf(expected.lines().toList());
    }

    /** What we send answers a message that somebody wrote, and goes to them. */
    private static Spec anyItem(int number, Random random, List<Receipt> before) {
        var spec = mail(random.nextInt(120));
        int answered = random.nextInt(60);
        boolean ours = number % 5 == 0;
        spec = ours ? spec.outboundTo(writer(answered - answered % 5 + 1)) : spec.from(null, writer(number), null);
        var quoted = number > 0 && random.nextInt(5) == 0
                ? " " + before.get(random.nextInt(number)).reference()
                : "";
        var subject = (random.nextBoolean() ? "Re: " : "") + "Subject " + random.nextInt(3) + quoted;
        spec = spec.saying(ours ? "Our answer" : subject, "Text " + number);
        int named = ours ? answered - answered % 5 + 1 : answered;
        return random.nextBoolean() && !ours
                ? spec.id("m" + number + "@example.org")
                : spec.id("m" + number + "@example.org", "m" + named + "@example.org");
    }

    private static String writer(int number) {
        return "p" + number % 4 + "@example.org";
    }
}
