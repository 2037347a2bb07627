package org.postbag.keeping;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.postbag.contacts.ContactErasing;
import org.postbag.enquiries.EnquiryErasing;
import org.postbag.retention.RetentionRule;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Small transactions, each of which looks again under lock whether what it takes is still due: a person who writes meanwhile is kept. */
@Component
class NightlyKeeping implements Keeping {

    static final String ACTOR = "job:retention";

    private static final int CHUNK = 200;
    private static final int CANDIDATES = 1_000;
    /** Names the job among the advisory locks of the database. */
    private static final long LOCK = 0x506f7374626167L;

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
        try (var connection = dataSource.getConnection();
                var statement = connection.createStatement()) {
            try (var locked = statement.executeQuery("select pg_try_advisory_lock(" + LOCK + ")")) {
                if (!locked.next() || !locked.getBoolean(1)) {
                    LOG.info("Another node does what is due");
                    return new Done(0, 0, 0);
                }
            }
            try {
                return new Run().all();
            } finally {
                statement.execute("select pg_advisory_unlock(" + LOCK + ")");
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

    private final class Run {
        private final LocalDate today = today();
        private int erasedEnquiries;
        private int erasedContacts;

        Done all() {
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
            return new Done(erasedEnquiries, erasedContacts, unfiled);
        }

        private void threads(RetentionRule rule) {
            long after = 0;
            for (var found = due.threads(rule, today, after, CANDIDATES);
                    !found.isEmpty();
                    found = due.threads(rule, today, after, CANDIDATES)) {
                for (var thread : found) {
                    while (inTransaction(() -> eraseSomeOf(thread, rule))) {
                        // The next chunk.
                    }
                    after = thread.id();
                }
            }
        }

        private void contacts(RetentionRule rule) {
            long after = 0;
            for (var found = due.contacts(rule, today, after, CANDIDATES);
                    !found.isEmpty();
                    found = due.contacts(rule, today, after, CANDIDATES)) {
                for (long contactId : found) {
                    while (inTransaction(() -> eraseSomeOf(contactId))) {
                        // The next chunk.
                    }
                    after = contactId;
                }
            }
        }

        private boolean inTransaction(BooleanSupplier step) {
            return Objects.requireNonNull(transaction.<Boolean>execute(status -> step.getAsBoolean()));
        }

        /** @return whether there may be more */
        private boolean eraseSomeOf(DueRecords.Thread thread, RetentionRule rule) {
            var some = enquiries.ofThread(thread.id(), CHUNK);
            var identifiers = contacts.identifiers(thread.contactId(), some);
            var contact = contacts.lock(thread.contactId(), some);
            if (some.isEmpty()
                    || contact.isEmpty()
                    || !contact.get().clockPerThread()
                    || !contact.get().rule().equals(rule)
                    || !due.isDue(thread, rule, today)) {
                return false;
            }
            enquiries.erase(some, rule.category(), today, ACTOR);
            contacts.removeUnused(identifiers);
            erasedEnquiries += some.size();
            return some.size() == CHUNK;
        }

        /** Enquiries first; the contact itself once nothing is left of them. */
        private boolean eraseSomeOf(long contactId) {
            var some = enquiries.ofContact(contactId, CHUNK);
            var identifiers = contacts.identifiers(contactId, some);
            var contact = contacts.lock(contactId, some);
            if (contact.isEmpty()
                    || !contact.get().rule().isDue(contact.get().lastContact(), today)
                    || (contact.get().clockPerThread() && !some.isEmpty())) {
                return false;
            }
            if (!some.isEmpty()) {
                enquiries.erase(some, contact.get().category(), today, ACTOR);
                erasedEnquiries += some.size();
            }
            boolean nothingLeft = enquiries.ofContact(contactId, 1).isEmpty();
            if (nothingLeft) {
                contacts.erase(contact.get(), ACTOR);
                erasedContacts++;
            }
            contacts.removeUnused(identifiers);
            return !nothingLeft;
        }
    }
}
