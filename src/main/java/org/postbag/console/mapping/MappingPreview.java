package org.postbag.console.mapping;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postbag.normalising.ListEntry;
import org.postbag.normalising.Message;
import org.postbag.normalising.Readers;
import org.postbag.normalising.Unreadable;
import org.postbag.receiving.Arrival;
import org.postbag.receiving.Direction;
import org.postbag.receiving.Profile;
import org.postbag.receiving.Receipt;
import org.postbag.receiving.ReceiptId;
import org.postbag.receiving.exports.ExportPreview;
import org.postbag.staff.UkTime;

/**
 * What would become of a file by a profile: cut and read as the pipeline does, and stored nowhere.
 *
 * @param held why the file would be held whole, or from some row on; null where it is cut to its end
 * @param more whether there are more rows than were looked at
 * @param filed the first rows that would be filed
 * @param refused every row that would not
 * @param reasons how many rows for each reason
 */
record MappingPreview(
        @Nullable String held,
        int rows,
        int filedRows,
        boolean more,
        List<Filed> filed,
        List<Refused> refused,
        Map<String, Integer> reasons) {

    static final int FILED_SHOWN = 10;
    static final int ROWS_MAX = 200_000;
    private static final int REFUSED_KEPT_MAX = 20_000;
    private static final int TEXT_LENGTH_MAX = 200;
    private static final Duration TIME_MAX = Duration.ofSeconds(20);
    private static final ReceiptId NONE = new ReceiptId("0".repeat(64));

    /**
     * A row as it would be filed.
     *
     * @param says what is known of it, by what that is called
     * @param notes what would be noted of it as hard to read
     */
    record Filed(int row, Map<String, String> says, List<String> notes) {

        /** The same for who may not see what people said. */
        Filed masked() {
            var masked = new LinkedHashMap<String, String>();
            says.forEach((name, value) -> masked.put(name, OPEN.contains(name) ? value : Shape.of(value)));
            return new Filed(row, masked, notes);
        }
    }

    private static final List<String> OPEN = List.of("When", "Direction", "Kind", "Category", "Day of the list");

    record Refused(int row, String reason) {}

    /** Ends the cutting; it never leaves this class. */
    private static final class Enough extends RuntimeException {
        private static final long serialVersionUID = 1;

        Enough() {
            super(null, null, false, false);
        }
    }

    static MappingPreview of(Path file, String route, Profile profile, Clock clock) throws IOException {
        var looking = new Looking(profile, clock);
        String held = null;
        boolean more = false;
        try {
            held = ExportPreview.cut(file, route, profile, looking::take).orElse(null);
        } catch (Enough enough) {
            more = true;
        }
        return new MappingPreview(
                held, looking.rows, looking.filedRows, more, looking.filed, looking.refused, looking.reasons);
    }

    private static final class Looking {
        private final Profile profile;
        private final Instant now;
        private final Clock clock;
        private final List<Filed> filed = new ArrayList<>();
        private final List<Refused> refused = new ArrayList<>();
        private final Map<String, Integer> reasons = new LinkedHashMap<>();
        private int rows;
        private int filedRows;

        Looking(Profile profile, Clock clock) {
            this.profile = profile;
            this.clock = clock;
            this.now = clock.instant();
        }

        void take(Arrival arrival) {
            if (rows == ROWS_MAX || (rows % 1_000 == 999 && clock.instant().isAfter(now.plus(TIME_MAX)))) {
                throw new Enough();
            }
            rows++;
            var number = arrival.sourceRow();
            int row = number == null ? rows : number;
            var receipt = new Receipt(
                    NONE,
                    arrival.channel(),
                    arrival.direction(),
                    arrival.route(),
                    now,
                    arrival.size(),
                    null,
                    profile.name(),
                    null,
                    row);
            switch (Readers.row(receipt, arrival.content(), profile)) {
                case Message message -> filed(row, () -> says(message), message.damaged());
                case ListEntry entry -> filed(row, () -> says(entry), entry.damaged());
                case Unreadable unreadable -> {
                    reasons.merge(unreadable.reason(), 1, Integer::sum);
                    if (refused.size() < REFUSED_KEPT_MAX) {
                        refused.add(new Refused(row, unreadable.reason()));
                    }
                }
            }
        }

        private void filed(int row, Supplier<Map<String, String>> says, List<String> notes) {
            filedRows++;
            if (filed.size() < FILED_SHOWN) {
                filed.add(new Filed(row, says.get(), notes));
            }
        }

        private static Map<String, String> says(Message message) {
            var says = new LinkedHashMap<String, String>();
            var sender = message.sender();
            put(says, "When", UkTime.dateTime(message.sentAt()));
            put(says, "Direction", message.direction() == Direction.OUTBOUND ? "From us" : "To us");
            put(says, "Name", sender.name());
            put(
                    says,
                    "Telephone number",
                    sender.telephone() == null ? null : sender.telephone().shown());
            put(says, "Account", sender.handle());
            if (sender.telephone() == null && sender.handle() == null) {
                put(says, "Written as", sender.asWritten());
            }
            put(says, "Topic", message.topic());
            put(says, "Subject", message.subject());
            put(says, "Text", message.text());
            put(
                    says,
                    "They say of themselves",
                    message.claims().stream()
                            .map(claim -> claim.kind().code() + " " + claim.value())
                            .collect(Collectors.joining(", ")));
            return says;
        }

        private static Map<String, String> says(ListEntry entry) {
            var says = new LinkedHashMap<String, String>();
            put(says, "Name", entry.name());
            put(says, "Kind", entry.kind().code());
            put(says, "Category", entry.category().code());
            put(says, "Organisation", entry.organisation());
            put(
                    says,
                    "Email address",
                    entry.email() == null ? null : entry.email().value());
            put(
                    says,
                    "Telephone number",
                    entry.telephone() == null ? null : entry.telephone().shown());
            put(says, "Account", entry.handle() == null ? null : entry.handle().value());
            put(says, "Postcode", entry.postcode());
            put(says, "Place", entry.location());
            put(says, "Day of the list", entry.seen().toString());
            return says;
        }

        private static void put(Map<String, String> says, String name, @Nullable String value) {
            if (value != null && !value.isBlank()) {
                says.put(name, value.length() > TEXT_LENGTH_MAX ? value.substring(0, TEXT_LENGTH_MAX) + "…" : value);
            }
        }
    }
}
