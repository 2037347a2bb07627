package org.postbag.enquiries.web;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postbag.enquiries.Quarantine;
import org.postbag.enquiries.Quarantine.Item;
import org.postbag.enquiries.Quarantine.Replayed;
import org.postbag.enquiries.QuarantineCounts;
import org.postbag.enquiries.QuarantineFinding;
import org.postbag.enquiries.QuarantineFinding.Filter;
import org.postbag.enquiries.QuarantineFinding.Place;
import org.postbag.receiving.Channel;
import org.postbag.receiving.ReceiptId;
import org.postbag.staff.ApiProblem;
import org.postbag.staff.CurrentStaff;
import org.postbag.staff.Reason;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Quarantine for programs: JSON, with errors as problem details (RFC 9457). */
@RestController
@RequestMapping(QuarantineApi.PATH)
class QuarantineApi {

    static final String PATH = "/api/quarantine";

    private final Quarantine quarantine;
    private final QuarantineFinding finding;
    private final QuarantineCounts counts;
    private final CurrentStaff staff;

    QuarantineApi(Quarantine quarantine, QuarantineFinding finding, QuarantineCounts counts, CurrentStaff staff) {
        this.quarantine = quarantine;
        this.finding = finding;
        this.counts = counts;
        this.staff = staff;
    }

    /**
     * @param next the offset of the next page, or null where this is the last, or where {@code after} was given
     * @param after where the next page begins, or null where this is the last
     */
    record Page(
            long total,
            List<Line> items,
            @Nullable Integer next,
            @Nullable String after) {}

    record Line(
            String id,
            String reference,
            String channel,
            String route,
            Instant receivedAt,
            Instant quarantinedAt,
            String reasonCode,
            String reason,
            int tries,
            long size,
            @Nullable Integer row,
            LocalDate keptUntil,
            boolean mended) {

        static Line of(Item item) {
            return new Line(
                    item.id().hex(),
                    item.reference(),
                    item.channel().code(),
                    item.route(),
                    item.receivedAt(),
                    item.quarantinedAt(),
                    item.reasonCode(),
                    item.reason(),
                    item.tries(),
                    item.size(),
                    item.sourceRow(),
                    item.keptUntil(),
                    item.mended());
        }
    }

    /**
     * @param outcome {@code filed}, {@code quarantined} or {@code waiting}
     * @param reason why it is in quarantine again, else null
     */
    record Outcome(
            String id,
            String outcome,
            @Nullable Long enquiry,
            @Nullable String reason) {}

    @GetMapping
    @SeesQuarantine
    Page list(
            @RequestParam(defaultValue = "") String channel,
            @RequestParam(defaultValue = "") String route,
            @RequestParam(defaultValue = "") String reason,
            @RequestParam(defaultValue = "") String day,
            @RequestParam(defaultValue = "") String after,
            @RequestParam(defaultValue = "0") int offset,
            @RequestParam(defaultValue = "50") int size) {
        ApiProblem.checkPage(offset, size);
        var filter = filter(channel, route, reason, day);
        long total = counts.count(filter);
        var place = after.isEmpty() ? null : QuarantineFilter.place(after).orElseThrow(QuarantineApi::noPlace);
        boolean byOffset = place == null && filter.isOfAll();
        var items = byOffset ? quarantine.list(false, offset, size) : finding.after(filter, place, size);
        int next = offset + items.size();
        boolean more = !items.isEmpty()
                && !finding.after(filter, Place.of(items.getLast()), 1).isEmpty();
        return new Page(
                total,
                items.stream().map(Line::of).toList(),
                byOffset && more ? next : null,
                more ? QuarantineFilter.written(Place.of(items.getLast())) : null);
    }

    private static ApiProblem noPlace() {
        return new ApiProblem(
                HttpStatus.BAD_REQUEST, "No such place", "Give back after as the page before this one said it");
    }

    static Filter filter(String channel, String route, String reason, String day) {
        var written = new QuarantineFilter(channel, route, reason, day);
        if (!written.isSound() || !channel.isEmpty() && Channel.of(channel).isEmpty()) {
            throw new ApiProblem(
                    HttpStatus.BAD_REQUEST,
                    "No such filter",
                    "channel is a channel's code, and day a day like 2026-03-03");
        }
        return written.of(false);
    }

    /** How many items wait for which reason on which route. */
    record Groups(long total, List<Group> groups) {}

    record Group(String channel, String route, String reasonCode, long count) {}

    @GetMapping("/groups")
    @SeesQuarantine
    Groups groups(@RequestParam(defaultValue = "") String day) {
        var groups = counts.groups(false, filter("", "", "", day).day()).stream()
                .map(group -> new Group(group.channel().code(), group.route(), group.reasonCode(), group.count()))
                .toList();
        return new Groups(groups.stream().mapToLong(Group::count).sum(), groups);
    }

    @PostMapping(path = "/{id}/replay", produces = MediaType.APPLICATION_JSON_VALUE)
    @ActsOnQuarantine
    ResponseEntity<Outcome> replay(@PathVariable ReceiptId id) {
        if (quarantine.byId(id).isEmpty()) {
            throw notThere();
        }
        return switch (quarantine.replay(id, staff.member().actor())) {
            case Replayed.Filed filed -> ResponseEntity.ok(new Outcome(id.hex(), "filed", filed.enquiryId(), null));
            case Replayed.QuarantinedAgain again ->
                ResponseEntity.ok(new Outcome(id.hex(), "quarantined", null, again.reason()));
            case Replayed.Waiting _ -> ResponseEntity.accepted().body(new Outcome(id.hex(), "waiting", null, null));
            case Replayed.Refused refused -> throw new ApiProblem(HttpStatus.CONFLICT, "Refused", refused.reason());
            case Replayed.NotInQuarantine _ -> throw meanwhile();
        };
    }

    static ApiProblem notThere() {
        return new ApiProblem(HttpStatus.NOT_FOUND, "Not in quarantine", "No item of this id is in quarantine");
    }

    static ApiProblem meanwhile() {
        return new ApiProblem(
                HttpStatus.CONFLICT, "Not in quarantine", "Someone else replayed, discarded or erased it");
    }

    record Why(@Nullable String reason) {}

    /** @param state {@code discarded} or {@code quarantined} */
    record Changed(String id, String state) {}

    @PostMapping("/{id}/discard")
    @ActsOnQuarantine
    Changed discard(@PathVariable ReceiptId id, @RequestBody Why typed) {
        var why = Reason.read(typed.reason(), "Enter why it is discarded");
        if (why.wrong() != null) {
            throw new ApiProblem(
                    HttpStatus.BAD_REQUEST, "No reason", why.wrong().text());
        }
        if (quarantine.byId(id).isEmpty()) {
            throw notThere();
        }
        if (!quarantine.discard(id, why.text(), staff.member().actor())) {
            throw meanwhile();
        }
        return new Changed(id.hex(), "discarded");
    }

    @PostMapping(path = "/{id}/restore", produces = MediaType.APPLICATION_JSON_VALUE)
    @ActsOnQuarantine
    Changed restore(@PathVariable ReceiptId id) {
        if (quarantine.byId(id).isEmpty()) {
            throw notThere();
        }
        if (!quarantine.restore(id, staff.member().actor())) {
            throw new ApiProblem(HttpStatus.CONFLICT, "Not discarded", "It is in quarantine, or was erased");
        }
        return new Changed(id.hex(), "quarantined");
    }
}
