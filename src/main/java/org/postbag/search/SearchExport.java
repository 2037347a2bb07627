package org.postbag.search;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postbag.audit.Action;
import org.postbag.audit.AuditEvent;
import org.postbag.audit.AuditTrail;
import org.postbag.audit.Subject;
import org.postbag.enquiries.Enquiries;
import org.postbag.enquiries.Enquiry;
import org.postbag.enquiries.Sight;
import org.postbag.receiving.Direction;
import org.postbag.retention.Category;
import org.postbag.retention.RetentionRule;
import org.postbag.staff.Role;
import org.postbag.staff.StaffMember;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Component;

/**
 * Writes what a search finds into a file, a few rows in memory at a time. A file has no sight: it can be passed on to whoever. So what is sensitive is in none,
 * and a file is for a reason, which the trail keeps, with an event for each enquiry in it.
 */
@Component
public class SearchExport {

    /** What can be looked through, and more than most reasons need. */
    public static final int ROWS_MAX = 10_000;

    private static final List<String> COLUMNS = List.of(
            "Reference",
            "Channel",
            "Direction",
            "Received",
            "Subject",
            "Contact",
            "Category",
            "Topic",
            "Status",
            "Kept until");

    private static final int READ_AT_ONCE = 100;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");
    private static final Set<Role> EXPORTERS = EnumSet.of(Role.OFFICER, Role.REVIEWER, Role.DATA_PROTECTION_OFFICER);

    /** Whoever opens the file in the end: named at nothing that is sensitive. */
    private static final StaffMember WHOEVER = new StaffMember("job:search-export", "Export", Set.of());

    /** Nothing is to be marked in what is written. */
    private static final Query NOTHING_MARKED = Query.of("");

    private final IndexedSearch search;
    private final ShownHits shown;
    private final Enquiries enquiries;
    private final Sight sight;
    private final AuditTrail trail;
    private final Clock clock;

    SearchExport(
            IndexedSearch search, ShownHits shown, Enquiries enquiries, Sight sight, AuditTrail trail, Clock clock) {
        this.search = search;
        this.shown = shown;
        this.enquiries = enquiries;
        this.sight = sight;
        this.trail = trail;
        this.clock = clock;
    }

    /**
     * What would be written now.
     *
     * @param total how many are found
     * @param enquiryIds those of them to be written; empty where there are more than {@link #ROWS_MAX}
     * @param sensitive how many that this person may read are left out
     */
    public record Plan(UUID searchId, Query query, long total, List<Long> enquiryIds, int sensitive) {

        public boolean isTooMany() {
            return total > ROWS_MAX;
        }
    }

    /** @param withText whether the whole text of each message is in it: for data protection officers */
    public record Asked(ExportFormat format, boolean withText, String reason) {}

    public static boolean mayExport(StaffMember member) {
        return EXPORTERS.stream().anyMatch(member::has);
    }

    public static boolean mayExportText(StaffMember member) {
        return member.has(Role.DATA_PROTECTION_OFFICER);
    }

    /**
     * Empty where the search is unknown, forgotten or somebody else's.
     *
     * @throws SearchUnavailable where the index doesn't answer
     */
    public Optional<Plan> plan(UUID searchId, StaffMember member) {
        require(mayExport(member));
        return search.asked(searchId, member).map(query -> {
            var listed = search.list(query, ROWS_MAX, member);
            var hidden = sight.hidden(listed.enquiryIds(), member);
            var theirs = listed.enquiryIds().stream()
                    .filter(id -> !hidden.contains(id))
                    .toList();
            var sensitive = sight.hidden(theirs, WHOEVER);
            var ids = theirs.stream().filter(id -> !sensitive.contains(id)).toList();
            return new Plan(searchId, query, listed.total() - hidden.size(), ids, sensitive.size());
        });
    }

    /** Writes it. What may no longer be shown since it was planned is left out. */
    public void write(Plan plan, Asked asked, StaffMember member, OutputStream out) throws IOException {
        require(mayExport(member) && (!asked.withText() || mayExportText(member)));
        record(plan, asked, member);
        try (var rows = asked.format().begin(out)) {
            rows.add(columns(asked.withText()));
            var ids = plan.enquiryIds();
            for (int from = 0; from < ids.size(); from += READ_AT_ONCE) {
                write(ids.subList(from, Math.min(ids.size(), from + READ_AT_ONCE)), plan, asked, member, rows);
            }
            rows.finish();
        }
    }

    private void write(List<Long> ids, Plan plan, Asked asked, StaffMember member, ExportFormat.Rows rows)
            throws IOException {
        var found = readable(ids, member);
        var foundIds = found.stream().map(Found::enquiryId).toList();
        var read = enquiries.byIds(foundIds);
        // Before the rows leave: what was sent and not recorded would be worse than the other way round.
        trail.record(foundIds.stream()
                .map(id -> new AuditEvent(
                        member.actor(),
                        Action.DOWNLOADED,
                        Subject.enquiry(id),
                        "in the export of search " + plan.searchId()))
                .toList());
        for (var one : found) {
            var enquiry = read.get(one.enquiryId());
            if (enquiry != null) {
                rows.add(cells(one, enquiry, asked.withText()));
            }
        }
    }

    private List<Found> readable(List<Long> ids, StaffMember member) {
        var today = LocalDate.ofInstant(clock.instant(), RetentionRule.ZONE);
        var sensitive = sight.hidden(ids, WHOEVER);
        return shown.read(ids.stream().filter(id -> !sensitive.contains(id)).toList(), NOTHING_MARKED, today, member);
    }

    /** The headings of the columns, in order. */
    public static List<String> columns(boolean withText) {
        var columns = new ArrayList<>(COLUMNS);
        if (withText) {
            columns.add("Text");
        }
        return columns;
    }

    private static List<String> cells(Found found, Enquiry enquiry, boolean withText) {
        var cells = new ArrayList<>(List.of(
                enquiry.reference(),
                enquiry.channel().label(),
                enquiry.direction() == Direction.OUTBOUND ? "Sent" : "Received",
                time(enquiry.receivedAt()),
                orNothing(enquiry.subject()),
                orNothing(found.contactName()),
                Category.of(found.category()).map(Category::label).orElse(found.category()),
                orNothing(enquiry.topic()),
                found.direction() == Direction.INBOUND ? found.work().status().label() : "",
                found.keptUntil().toString()));
        if (withText) {
            cells.add(enquiry.text());
        }
        return cells;
    }

    /** As spreadsheets sort it, in the time of the United Kingdom. */
    private static String time(Instant at) {
        return TIME.format(at.atZone(RetentionRule.ZONE));
    }

    private static String orNothing(@Nullable String text) {
        return Objects.requireNonNullElse(text, "");
    }

    private void record(Plan plan, Asked asked, StaffMember member) {
        trail.record(new AuditEvent(
                member.actor(),
                Action.DOWNLOADED,
                Subject.search(plan.searchId()),
                "%s of %d enquiries%s, %d sensitive left out: %s"
                        .formatted(
                                asked.format().code(),
                                plan.enquiryIds().size(),
                                asked.withText() ? " with their text" : "",
                                plan.sensitive(),
                                asked.reason())));
    }

    private static void require(boolean allowed) {
        if (!allowed) {
            throw new AccessDeniedException(
                    "Exporting is for officers, reviewers and data protection officers, texts for the latter");
        }
    }
}
