package org.postbag.enquiries.web;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postbag.enquiries.Quarantine;
import org.postbag.enquiries.Quarantine.Item;
import org.postbag.enquiries.Quarantine.Replayed;
import org.postbag.receiving.ReceiptId;
import org.postbag.staff.AllowedTo;
import org.postbag.staff.ApiProblem;
import org.postbag.staff.CurrentStaff;
import org.postbag.staff.Role;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Quarantine for programs: JSON, with errors as problem details (RFC 9457). */
@RestController
@RequestMapping("/api/quarantine")
class QuarantineApi {

    private final Quarantine quarantine;
    private final CurrentStaff staff;

    QuarantineApi(Quarantine quarantine, CurrentStaff staff) {
        this.quarantine = quarantine;
        this.staff = staff;
    }

    /** @param next the offset of the next page, or null where this is the last */
    record Page(long total, List<Line> items, @Nullable Integer next) {}

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
            LocalDate keptUntil) {

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
                    item.keptUntil());
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
    @AllowedTo({Role.OFFICER, Role.REVIEWER, Role.DATA_PROTECTION_OFFICER})
    Page list(@RequestParam(defaultValue = "0") int offset, @RequestParam(defaultValue = "50") int size) {
        ApiProblem.checkPage(offset, size);
        long total = quarantine.count(false);
        var items = quarantine.list(false, offset, size).stream().map(Line::of).toList();
        int next = offset + items.size();
        return new Page(total, items, next < total && !items.isEmpty() ? next : null);
    }

    @PostMapping(path = "/{id}/replay", produces = MediaType.APPLICATION_JSON_VALUE)
    @AllowedTo({Role.OFFICER, Role.REVIEWER})
    ResponseEntity<Outcome> replay(@PathVariable ReceiptId id) {
        if (quarantine.byId(id).isEmpty()) {
            throw new ApiProblem(HttpStatus.NOT_FOUND, "Not in quarantine", "No item of this id is in quarantine");
        }
        return switch (quarantine.replay(id, staff.member().actor())) {
            case Replayed.Filed filed -> ResponseEntity.ok(new Outcome(id.hex(), "filed", filed.enquiryId(), null));
            case Replayed.QuarantinedAgain again ->
                ResponseEntity.ok(new Outcome(id.hex(), "quarantined", null, again.reason()));
            case Replayed.Waiting _ -> ResponseEntity.accepted().body(new Outcome(id.hex(), "waiting", null, null));
            case Replayed.NotInQuarantine _ ->
                throw new ApiProblem(
                        HttpStatus.CONFLICT, "Not in quarantine", "Someone else replayed, discarded or erased it");
        };
    }
}
