package org.postbag.normalising;

import static org.postbag.receiving.Profile.Field;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.postbag.receiving.Direction;
import org.postbag.receiving.Profile.Outcome;
import org.postbag.receiving.Receipt;

/** Reads one row of a call export. */
final class CallRecordReader {

    private static final int SUBJECT_CHARACTERS_MAX = 80;

    private final Receipt receipt;
    private final RowCells cells;
    private final List<String> damaged;

    private CallRecordReader(Receipt receipt, RowCells cells, List<String> damaged) {
        this.receipt = receipt;
        this.cells = cells;
        this.damaged = damaged;
    }

    /** @param damaged what was mended in the row so far */
    static Message read(Receipt receipt, RowCells cells, Instant at, List<String> damaged) {
        return new CallRecordReader(receipt, cells, damaged).message(at);
    }

    private Message message(Instant at) {
        var outcome = cells.profile().outcome(cells.row());
        var outcomeWritten = cells.line(Field.OUTCOME);
        if (!outcomeWritten.isEmpty()
                && outcome.isEmpty()
                && !cells.profile().outcomes().isEmpty()) {
            damaged.add("The outcome is not one that the profile knows");
        }
        var topic = cells.line(Field.TOPIC);
        var notes = cells.text(Field.NOTES);
        var claims = new ArrayList<Claim>();
        cells.addClaims(claims);
        var sender = sender();
        cells.noteDamage(damaged);
        return Message.of(receipt)
                .sender(sender)
                .subject(subject(topic, notes, outcome))
                .text(text(notes, outcomeWritten))
                .threadKey(receipt.series() == null ? receipt.id().hex() : receipt.series())
                .sentAt(at)
                .automatic(outcome.filter(o -> o == Outcome.TEST)
                        .map(o -> Automatic.TEST)
                        .orElse(null))
                .damaged(damaged)
                .topic(topic.isEmpty() ? null : topic)
                .claims(claims)
                .build();
    }

    private static String subject(String topic, String notes, Optional<Outcome> outcome) {
        if (!topic.isEmpty()) {
            return Shortened.of(topic, SUBJECT_CHARACTERS_MAX);
        }
        if (!notes.isEmpty()) {
            return Shortened.of(notes.lines().findFirst().orElse(notes), SUBJECT_CHARACTERS_MAX);
        }
        return outcome.filter(o -> o == Outcome.ABANDONED).isPresent() ? "Abandoned telephone call" : "Telephone call";
    }

    private String text(String notes, String outcome) {
        var text = new StringBuilder(notes);
        var duration = cells.line(Field.DURATION);
        if (!text.isEmpty() && !(outcome.isEmpty() && duration.isEmpty())) {
            text.append("\n\n");
        }
        if (!outcome.isEmpty()) {
            text.append("Outcome: ").append(outcome);
        }
        if (!duration.isEmpty()) {
            text.append(outcome.isEmpty() ? "" : "\n").append("Duration: ").append(duration);
        }
        return text.toString();
    }

    private Sender sender() {
        var called = receipt.direction() == Direction.OUTBOUND ? cells.line(Field.RECIPIENT) : "";
        var written = called.isEmpty() ? cells.line(Field.NUMBER) : called;
        var number = cells.telephone(written);
        boolean meantAsNumber = !written.isEmpty() && !cells.standsForNoNumber(written);
        if (number == null && meantAsNumber) {
            damaged.add("The caller's number could not be read");
        }
        // Where a system names both ends, the name is that of the end which called.
        return new Sender(called.isEmpty() ? cells.name() : null, null, number, null, meantAsNumber ? written : null);
    }
}
