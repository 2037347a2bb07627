package org.postbag.normalising;

import static org.postbag.receiving.Profile.Field;

import java.text.Normalizer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postbag.receiving.ExportRow;
import org.postbag.receiving.Profile;
import org.postbag.receiving.Profile.Outcome;
import org.postbag.receiving.Receipt;

/** Reads one row of a call export, as {@link ExportRow} stores it. */
final class CallRecordReader {

    private static final int CELL_CHARACTERS_MAX = 100_000;
    private static final int NAME_CHARACTERS_MAX = 200;
    private static final int SUBJECT_CHARACTERS_MAX = 80;
    private static final Instant TIME_MIN = Instant.parse("1990-01-01T00:00:00Z");
    private static final Duration AHEAD_MAX = Duration.ofDays(2);

    private static final Pattern NOT_TEXT = Pattern.compile("[\\p{Cntrl}&&[^\\n\\t]]");
    private static final Pattern NO_NAME = Pattern.compile(
            "(?i)[\\p{P}\\s]*|n/?a|unknown|not (given|known|provided)|withheld|anonymous|none|null|caller|no name( given)?");
    private static final Pattern ALL_ZEROS = Pattern.compile("\\s*(\\+44)?[\\s()./-]*0[0\\s()./-]*");
    private static final Pattern WHOLE_FRACTION = Pattern.compile("([0-9]+)\\.0+");
    private static final Pattern SCIENTIFIC = Pattern.compile("[0-9]([.,][0-9]+)?[Ee]\\+?[0-9]+");

    private final Receipt receipt;
    private final Profile profile;
    private final ExportRow.Whole row;
    private final List<String> damaged = new ArrayList<>();

    private CallRecordReader(Receipt receipt, Profile profile, ExportRow.Whole row) {
        this.receipt = receipt;
        this.profile = profile;
        this.row = row;
    }

    static Reading read(Receipt receipt, byte[] content, Profile profile) {
        var row = ExportRow.parse(content);
        if (row.isEmpty()) {
            return new Unreadable("not-a-row", "This is not a row of an export");
        }
        return switch (row.get()) {
            case ExportRow.Damaged damagedRow -> unreadable(damagedRow);
            case ExportRow.Whole whole -> new CallRecordReader(receipt, profile, whole).message();
        };
    }

    private static Unreadable unreadable(ExportRow.Damaged row) {
        var code = row.fault().code();
        return switch (row.fault()) {
            case UNCLOSED_QUOTE -> new Unreadable(code, "A quotation mark opens in the row and is never closed");
            case TEXT_AFTER_QUOTE ->
                new Unreadable(code, "There is text after a closing quotation mark, so the cells can't be told apart");
            case TOO_FEW_CELLS, TOO_MANY_CELLS ->
                new Unreadable(code, "The row has %d cells and the header %d".formatted(row.cells(), row.columns()));
        };
    }

    private Reading message() {
        if (row.cells().values().stream().anyMatch(cell -> cell.length() > CELL_CHARACTERS_MAX)) {
            return new Unreadable("cell-too-long", "A cell is longer than 100,000 characters");
        }
        var written = profile.value(Field.WHEN, row);
        if (written.isEmpty()) {
            return new Unreadable("no-date", "The row doesn't say when the call was");
        }
        var time = CallTime.parse(written, profile);
        if (time.isEmpty()) {
            return new Unreadable(
                    "date-unreadable", "The time of the call is not written in a way that the profile knows");
        }
        var at = time.get().at();
        if (at.isAfter(receipt.receivedAt().plus(AHEAD_MAX))) {
            return new Unreadable("date-ahead", "The time of the call is later than the export that it came in");
        }
        if (at.isBefore(TIME_MIN)) {
            return new Unreadable("date-too-old", "The time of the call is before 1990");
        }
        if (time.get().note() != null) {
            damaged.add(time.get().note());
        }
        return message(at);
    }

    private Message message(Instant at) {
        var outcome = profile.outcome(row);
        var outcomeWritten = line(Field.OUTCOME);
        if (!outcomeWritten.isEmpty()
                && outcome.isEmpty()
                && !profile.outcomes().isEmpty()) {
            damaged.add("The outcome is not one that the profile knows");
        }
        var topic = line(Field.TOPIC);
        var notes = text(Field.NOTES);
        var text = text(notes, outcomeWritten);
        var sender = sender();
        var claims = claims();
        if (row.cells().values().stream().anyMatch(cell -> cell.indexOf('\uFFFD') >= 0)) {
            damaged.add("A character could not be read");
        }
        return Message.of(receipt)
                .sender(sender)
                .subject(subject(topic, notes, outcome))
                .text(text)
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
        var duration = line(Field.DURATION);
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
        var written = line(Field.NUMBER);
        var name = line(Field.NAME);
        var number = telephone(written);
        boolean meantAsNumber = !written.isEmpty() && !standsForNone(written);
        if (number == null && meantAsNumber) {
            damaged.add("The caller's number could not be read");
        }
        return new Sender(
                NO_NAME.matcher(name).matches() ? null : Shortened.of(name, NAME_CHARACTERS_MAX),
                null,
                number,
                null,
                meantAsNumber ? written : null);
    }

    private boolean standsForNone(String written) {
        return profile.withheld().contains(Profile.key(written))
                || ALL_ZEROS.matcher(written).matches();
    }

    /** A number as a spreadsheet may have left it: without its leading zero or plus, with a fraction; null where digits may be gone. */
    private @Nullable Telephone telephone(String written) {
        if (standsForNone(written) || SCIENTIFIC.matcher(written).matches()) {
            return null;
        }
        var whole = WHOLE_FRACTION.matcher(written);
        return Telephone.parse(whole.matches() ? whole.group(1) : written).orElse(null);
    }

    private List<Claim> claims() {
        var claims = new ArrayList<Claim>();
        var postcode = line(Field.POSTCODE);
        claim(
                claims,
                Claim.Kind.POSTCODE,
                Postcode.parse(postcode).map(Postcode::value).orElse(postcode));
        claim(claims, Claim.Kind.ORGANISATION, line(Field.ORGANISATION));
        claim(claims, Claim.Kind.LOCATION, line(Field.LOCATION));
        var email = line(Field.EMAIL);
        claim(
                claims,
                Claim.Kind.EMAIL,
                EmailAddress.parse(email).map(EmailAddress::value).orElse(email));
        var other = line(Field.OTHER_NUMBER);
        if (!standsForNone(other)) {
            var number = telephone(other);
            claim(claims, Claim.Kind.TELEPHONE, number == null ? other : number.e164());
        }
        return claims;
    }

    private static void claim(List<Claim> claims, Claim.Kind kind, String value) {
        if (!NO_NAME.matcher(value).matches()) {
            claims.add(new Claim(kind, Shortened.of(value, NAME_CHARACTERS_MAX)));
        }
    }

    /** A cell as text: lines end in \n, no control characters, letters and their accents as one. */
    private String text(Field field) {
        var text = profile.value(field, row).replace("\r\n", "\n").replace('\r', '\n');
        return Normalizer.normalize(NOT_TEXT.matcher(text).replaceAll(""), Normalizer.Form.NFC)
                .strip();
    }

    private String line(Field field) {
        return text(field).replaceAll("\\s+", " ");
    }
}
