package org.postbag.console.item;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postbag.audit.Action;
import org.postbag.audit.AuditEvent;
import org.postbag.audit.AuditTrail;
import org.postbag.audit.Subject;
import org.postbag.enquiries.ItemWay;
import org.postbag.enquiries.ItemWays;
import org.postbag.receiving.ReceiptId;
import org.postbag.staff.ApiProblem;
import org.postbag.staff.CurrentStaff;
import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /api/item}: the way of one item. By POST, so that what it is looked for by stands in no log of addresses. */
@RestController
@Profile("!command")
@SeesItems
class ItemApi {

    private final ItemWays ways;
    private final AuditTrail trail;
    private final CurrentStaff staff;

    ItemApi(ItemWays ways, AuditTrail trail, CurrentStaff staff) {
        this.ways = ways;
        this.trail = trail;
        this.staff = staff;
    }

    /** @param item a reference, an item's id, or the id that its source knows it by */
    record Asked(@Nullable String item) {}

    record Answer(List<Way> items) {}

    /**
     * @param state {@code waiting}, {@code filed}, {@code quarantined}, {@code discarded}, {@code erased}, or {@code unknown} to the record
     * @param raw {@code there}, {@code missing}, {@code damaged} or {@code away}
     * @param sentAt when Kafka was given its receipt; null where that isn't known
     * @param indexed whether it is in the search index as it is now; null where there is nothing to be
     * @param indexedAt when it was last written there; null where it wasn't, or the index doesn't say
     */
    record Way(
            String id,
            String reference,
            String channel,
            String direction,
            String route,
            @Nullable Integer routeVersion,
            @Nullable String node,
            Instant receivedAt,
            @Nullable Instant sentAt,
            long size,
            @Nullable Integer row,
            String raw,
            String state,
            @Nullable Instant stateAt,
            @Nullable String reason,
            @Nullable Long enquiry,
            @Nullable Boolean indexed,
            @Nullable Instant indexedAt,
            List<Event> history) {

        static Way of(ItemWay way) {
            var receipt = way.receipt();
            var origin = receipt.origin();
            var index = way.index();
            return new Way(
                    receipt.id().hex(),
                    receipt.reference().value(),
                    receipt.channel().code(),
                    receipt.direction().code(),
                    receipt.route(),
                    origin == null ? null : origin.routeVersion(),
                    origin == null ? null : origin.node(),
                    receipt.receivedAt(),
                    way.sentAt(),
                    receipt.size(),
                    receipt.sourceRow(),
                    way.raw().name().toLowerCase(Locale.ROOT),
                    way.state() == null ? "unknown" : way.state().code(),
                    way.stateAt(),
                    way.reason(),
                    way.enquiryId(),
                    index == null ? null : index.since() == null,
                    index == null ? null : index.at(),
                    way.history().stream()
                            .map(entry -> new Event(
                                    entry.at(), entry.actor(), entry.action().label(), entry.detail()))
                            .toList());
        }
    }

    record Event(
            Instant at,
            String actor,
            String action,
            @Nullable String detail) {}

    @PostMapping("/api/item")
    Answer way(@RequestBody Asked asked) {
        var which = asked.item() == null ? "" : asked.item();
        if (which.isBlank() || which.length() > ItemWays.TYPED_LENGTH_MAX) {
            throw new ApiProblem(
                    HttpStatus.BAD_REQUEST, "Which item?", "item is a reference, an id, or the id of its source");
        }
        var found = ways.find(which).stream()
                .map(this::looked)
                .flatMap(Optional::stream)
                .toList();
        if (found.isEmpty()) {
            throw new ApiProblem(HttpStatus.NOT_FOUND, "No such item", "No item is known by this");
        }
        return new Answer(found);
    }

    private Optional<Way> looked(ReceiptId id) {
        var way = ways.of(id);
        way.ifPresent(_ -> trail.record(new AuditEvent(
                staff.member().actor(), Action.LOOKED, Subject.receipt(id.hex()), "The way that it took")));
        return way.map(Way::of);
    }
}
