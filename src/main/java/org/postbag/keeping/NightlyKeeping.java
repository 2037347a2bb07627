package org.postbag.keeping;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.postbag.contacts.ContactErasing;
import org.postbag.enquiries.EnquiryErasing;
import org.postbag.retention.Category;
import org.postbag.retention.RetentionRule;
import org.postbag.work.AdvisoryLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/** Small transactions, each of which looks again under lock whether what it takes is still due: a person who writes meanwhile is kept. */
@Component
class NightlyKeeping implements Keeping {

    static final String ACTOR = "job:retention";

    private static final int CHUNK = 200;
    private static final int CANDIDATES = 1_000;
    /** How often a step is done again where it met filing or another change. */
    private static final int MEETINGS_MAX = 5;
    /** So many failures are no fault of single records. */
    private static final int FAILURES_MAX = 100;

    private static final Logger LOG = LoggerFactory.getLogger(NightlyKeeping.class);

    private final DataSource dataSource;
    private final DueRecords due;
    private final ContactErasing contacts;
    private final EnquiryErasing enquiries;
    private final TransactionTemplate transaction;
    private final Clock clock;

    NightlyKeeping(
            DataSource dataSource,
            DueRecords due,
            ContactErasing contacts,
            EnquiryErasing enquiries,
            TransactionTemplate transaction,
            Clock clock) {
        this.dataSource = dataSource;
        this.due = due;
        this.contacts = contacts;
        this.enquiries = enquiries;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Override
    public List<Due> dryRun() {
        return due.all(today());
    }

    @Override
    public Done run() {
        try (var connection = dataSource.getConnection()) {
            if (!AdvisoryLock.KEEPING.take(connection)) {
                LOG.info("Another node does what is due");
                return new Done(0, 0, 0, 0);
            }
            try {
                return new Run().all();
            } finally {
                AdvisoryLock.KEEPING.release(connection);
            }
        } catch (SQLException away) {
            throw new IllegalStateException("The database is away: what is due goes the next time", away);
        }
    }

    /** Raw files of what was erased, also of what an earlier run left behind. */
    void eraseRawFiles() {
        try {
            while (enquiries.eraseRawFiles(CHUNK) == CHUNK) {
                // The next ones.
            }
        } catch (IOException away) {
            LOG.warn("Raw files of erased items go later: the raw store is away");
        }
    }

    private LocalDate today() {
        return RetentionRule.day(clock.instant());
    }

    /** What one transaction erased, and whether there may be more. */
    private record Erased(int enquiries, int contacts, boolean more) {
        static final Erased NOTHING = new Erased(0, 0, false);
    }

    private final class Run {
        private final LocalDate today = today();
        private int erasedEnquiries;
        private int erasedContacts;
        private int failed;

        Done all() {
            noEnquiries();
            for (var rule : due.rules()) {
                threads(rule);
                contacts(rule);
            }
            int unfiled = 0;
            for (int erased = CHUNK; erased == CHUNK; ) {
                erased = enquiries.eraseUnfiled(today, CHUNK, ACTOR);
                unfiled += erased;
            }
            eraseRawFiles();
            return new Done(erasedEnquiries, erasedContacts, unfiled, failed);
        }

        private void noEnquiries() {
            long after = 0;
            for (var found = enquiries.contactsOfNoEnquiries(today, after, CANDIDATES);
                    !found.isEmpty();
                    found = enquiries.contactsOfNoEnquiries(today, after, CANDIDATES)) {
                for (long contactId : found) {
                    erase("what is no enquiry of contact", contactId, () -> eraseNoEnquiriesOf(contactId));
                    after = contactId;
                }
            }
        }

        /** Whoever sent nothing else and is in no public list was known by it alone, and goes with it. */
        private Erased eraseNoEnquiriesOf(long contactId) {
            var some = enquiries.noEnquiries(contactId, today, CHUNK);
            var identifiers = contacts.identifiers(contactId, some);
            var contact = contacts.lock(contactId, some);
            if (some.isEmpty() || contact.isEmpty()) {
                return Erased.NOTHING;
            }
            var receipts = enquiries.erase(some, Category.NOT_AN_ENQUIRY, today, ACTOR);
            boolean nothingLeft = enquiries.ofContact(contactId, 1).isEmpty()
                    && contact.get().lastContact().seenAt() == null;
            if (nothingLeft) {
                enquiries.eraseListed(contacts.erase(contact.get(), ACTOR));
            } else {
                contacts.forgetNames(contact.get(), receipts);
            }
            contacts.removeUnused(identifiers);
            return new Erased(some.size(), nothingLeft ? 1 : 0, !nothingLeft && some.size() == CHUNK);
        }

        private void threads(RetentionRule rule) {
            long after = 0;
            for (var found = due.threads(rule, today, after, CANDIDATES);
                    !found.isEmpty();
                    found = due.threads(rule, today, after, CANDIDATES)) {
                var byContact = found.stream()
                        .collect(Collectors.groupingBy(
                                DueRecords.Thread::contactId,
                                TreeMap::new,
                                Collectors.mapping(DueRecords.Thread::id, Collectors.toList())));
                byContact.forEach((contactId, threads) ->
                        erase("threads of contact", contactId, () -> eraseSomeOf(contactId, threads, rule)));
                after = found.getLast().id();
            }
        }

        private void contacts(RetentionRule rule) {
            long after = 0;
            for (var found = due.contacts(rule, today, after, CANDIDATES);
                    !found.isEmpty();
                    found = due.contacts(rule, today, after, CANDIDATES)) {
                for (long contactId : found) {
                    erase("contact", contactId, () -> eraseSomeOf(contactId));
                    after = contactId;
                }
            }
        }

        /** Chunk by chunk. One that fails keeps no other here. */
        private void erase(String what, long id, Supplier<Erased> step) {
            try {
                for (var erased = inTransaction(step); ; erased = inTransaction(step)) {
                    erasedEnquiries += erased.enquiries();
                    erasedContacts += erased.contacts();
                    if (!erased.more()) {
                        return;
                    }
                }
            } catch (DataAccessException | TransactionException fault) {
                // What it says may hold personal data, so only its kind is logged.
                LOG.warn(
                        "{} {} stays until the next night: {}",
                        what,
                        id,
                        fault.getClass().getSimpleName());
                failed++;
                if (failed == FAILURES_MAX) {
                    throw new IllegalStateException("Too much fails: the rest of what is due goes the next time");
                }
            }
        }

        private Erased inTransaction(Supplier<Erased> step) {
            for (int meeting = 1; ; meeting++) {
                try {
                    return Objects.requireNonNull(transaction.execute(status -> step.get()));
                } catch (ConcurrencyFailureException met) {
                    if (meeting == MEETINGS_MAX) {
                        throw met;
                    }
                }
            }
        }

        private Erased eraseSomeOf(long contactId, List<Long> threads, RetentionRule rule) {
            var stillDue = due.stillDue(threads, rule, today);
            var some = enquiries.ofThreads(stillDue, CHUNK);
            var identifiers = contacts.identifiers(contactId, some);
            var contact = contacts.lock(contactId, some);
            if (some.isEmpty()
                    || contact.isEmpty()
                    || !contact.get().clockPerThread()
                    || !contact.get().family().rules().contains(rule)) {
                return Erased.NOTHING;
            }
            if (!due.stillDue(threads, rule, today).equals(stillDue)) {
                // Someone wrote in one of them meanwhile: again, without it.
                return new Erased(0, 0, true);
            }
            var receipts = enquiries.erase(some, rule.category(), today, ACTOR);
            contacts.forgetNames(contact.get(), receipts);
            contacts.removeUnused(identifiers);
            return new Erased(some.size(), 0, some.size() == CHUNK);
        }

        /** Enquiries first; the contact itself once nothing is left of them. */
        private Erased eraseSomeOf(long contactId) {
            var some = enquiries.ofContact(contactId, CHUNK);
            var identifiers = contacts.identifiers(contactId, some);
            var contact = contacts.lock(contactId, some);
            if (contact.isEmpty()
                    || !contact.get().rule().isDue(contact.get().lastContact(), today)
                    || (contact.get().clockPerThread() && !some.isEmpty())) {
                return Erased.NOTHING;
            }
            if (!some.isEmpty()) {
                enquiries.erase(some, contact.get().category(), today, ACTOR);
            }
            boolean nothingLeft = enquiries.ofContact(contactId, 1).isEmpty();
            if (nothingLeft) {
                enquiries.eraseListed(contacts.erase(contact.get(), ACTOR));
            }
            contacts.removeUnused(identifiers);
            return new Erased(some.size(), nothingLeft ? 1 : 0, !nothingLeft);
        }
    }
}
