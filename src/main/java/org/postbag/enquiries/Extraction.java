package org.postbag.enquiries;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.postbag.extracting.FileReading;
import org.postbag.extracting.FileText;
import org.postbag.normalising.Attachment;
import org.postbag.normalising.AttachmentText;
import org.postbag.work.IndexWork;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Reads the text of files after filing, so that enquiries are found by what their files say. On any number of nodes; killed half-way, an enquiry's files
 * are read again.
 */
@Component
@ConditionalOnProperty(name = "postbag.filing.enabled", matchIfMissing = true)
@Profile("!command")
class Extraction {

    /** After that, another may take what this one took. */
    private static final Duration TAKEN_FOR = Duration.ofMinutes(30);

    private static final int TRIES_MAX = 5;
    private static final int ENQUIRIES_AT_ONCE_MAX = 50;
    private static final int FILES_MAX = 200;
    private static final int TEXT_LENGTH_MAX = 500_000;
    private static final String READ = "read";
    private static final Logger LOG = LoggerFactory.getLogger(Extraction.class);

    private final Enquiries enquiries;
    private final FileReading files;
    private final IndexWork work;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Clock clock;

    Extraction(
            Enquiries enquiries,
            FileReading files,
            IndexWork work,
            JdbcClient jdbc,
            TransactionTemplate transaction,
            Clock clock) {
        this.enquiries = enquiries;
        this.files = files;
        this.work = work;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Scheduled(initialDelayString = "PT2S", fixedDelayString = "PT1S")
    void readDue() {
        for (int left = ENQUIRIES_AT_ONCE_MAX; left > 0; left--) {
            var taken = take();
            if (taken.isEmpty()) {
                return;
            }
            try {
                read(taken.getAsLong());
            } catch (IOException | UncheckedIOException away) {
                LOG.warn(
                        "The files of enquiry {} are read later: the raw store, or what opens files, is away",
                        taken.getAsLong());
                return;
            }
        }
    }

    private OptionalLong take() {
        return jdbc
                .sql("""
                        update extraction_work set due_at = :later::timestamptz, tries = tries + 1
                        where enquiry_id = (select enquiry_id from extraction_work where due_at <= :now::timestamptz
                            order by due_at, enquiry_id limit 1 for update skip locked)
                        returning enquiry_id
                        """)
                .param("now", clock.instant().toString())
                .param("later", clock.instant().plus(TAKEN_FOR).toString())
                .query((row, n) -> row.getLong(1))
                .list()
                .stream()
                .mapToLong(Long::longValue)
                .findFirst();
    }

    private record Outcome(
            int position, String state, @Nullable String text) {}

    private void read(long enquiryId) throws IOException {
        boolean givenUp = tries(enquiryId) > TRIES_MAX;
        var message = givenUp ? null : enquiries.read(enquiryId).orElse(null);
        var attachments = message == null ? List.<Attachment>of() : message.attachments();
        var outcomes = new ArrayList<Outcome>();
        for (int i = 0; i < Math.min(attachments.size(), FILES_MAX); i++) {
            outcomes.add(read(i, attachments.get(i)));
        }
        // Of those beyond so many, and of a message that can't be read again, it is said too.
        var others = message == null && !givenUp ? FileText.Reason.BROKEN : FileText.Reason.TOO_MUCH;
        transaction.executeWithoutResult(status -> write(enquiryId, outcomes, others));
    }

    private int tries(long enquiryId) {
        return jdbc.sql("select tries from extraction_work where enquiry_id = ?")
                .param(enquiryId)
                .query(Integer.class)
                .optional()
                .orElse(0);
    }

    private Outcome read(int position, Attachment file) {
        return switch (AttachmentText.of(file, files)) {
            case FileText.Read read -> new Outcome(position, READ, read.text());
            case FileText.NotRead not -> new Outcome(position, not.reason().code(), null);
        };
    }

    /** An enquiry that was erased meanwhile has no files any more, and gets none. */
    private void write(long enquiryId, List<Outcome> outcomes, FileText.Reason others) {
        for (var outcome : outcomes) {
            jdbc.sql(
                            "update attachment set text_state = :state, text = :text where enquiry_id = :enquiry and position = :position")
                    .param("state", outcome.state())
                    .param("text", CleanText.ofNullable(outcome.text(), TEXT_LENGTH_MAX))
                    .param("enquiry", enquiryId)
                    .param("position", outcome.position())
                    .update();
        }
        jdbc.sql("update attachment set text_state = ? where enquiry_id = ? and text_state is null")
                .params(others.code(), enquiryId)
                .update();
        int there = jdbc.sql("delete from extraction_work where enquiry_id = ?")
                .param(enquiryId)
                .update();
        if (there > 0 && outcomes.stream().anyMatch(outcome -> outcome.text() != null)) {
            work.add(List.of(enquiryId));
        }
    }
}
