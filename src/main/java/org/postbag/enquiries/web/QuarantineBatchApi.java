package org.postbag.enquiries.web;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postbag.enquiries.QuarantineBatch;
import org.postbag.enquiries.QuarantineBatch.Act;
import org.postbag.enquiries.QuarantineBatches;
import org.postbag.enquiries.QuarantineBatches.Asked;
import org.postbag.enquiries.QuarantineFinding.Filter;
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
import org.springframework.web.bind.annotation.RestController;

/** Many items of quarantine at once, for programs. */
@RestController
@RequestMapping(QuarantineApi.PATH + "/batches")
class QuarantineBatchApi {

    private final QuarantineBatches batches;
    private final CurrentStaff staff;

    QuarantineBatchApi(QuarantineBatches batches, CurrentStaff staff) {
        this.batches = batches;
        this.staff = staff;
    }

    /** @param ids items; none: all that the others of these find */
    record Asking(
            @Nullable String act,
            @Nullable List<String> ids,
            @Nullable String channel,
            @Nullable String route,
            @Nullable String reasonCode,
            @Nullable String day,
            @Nullable Integer rate,
            @Nullable String reason) {}

    /** How far a batch is. */
    record Batch(
            long id,
            String act,
            String state,
            Instant askedAt,
            int rate,
            long total,
            long done,
            long again,
            long refused,
            Map<String, Long> reasons,
            @Nullable Instant endedAt) {

        static Batch of(QuarantineBatch batch) {
            return new Batch(
                    batch.id(),
                    batch.act().code(),
                    batch.state().code(),
                    batch.askedAt(),
                    batch.rate(),
                    batch.total(),
                    batch.done(),
                    batch.again(),
                    batch.refused(),
                    batch.told(),
                    batch.endedAt());
        }
    }

    record Batches(List<Batch> batches) {}

    @GetMapping
    @SeesQuarantine
    Batches recent() {
        return new Batches(batches.recent().stream().map(Batch::of).toList());
    }

    @PostMapping
    @ActsOnQuarantine
    ResponseEntity<Batch> start(@RequestBody Asking asking) {
        try {
            return ResponseEntity.accepted()
                    .body(Batch.of(batches.start(asked(asking), staff.member().actor())));
        } catch (IllegalArgumentException wrong) {
            throw new ApiProblem(
                    HttpStatus.BAD_REQUEST,
                    "No such batch",
                    "act is try, replay or discard; ids are at most " + QuarantineBatch.TICKED_MAX
                            + " ids of items; rate is from 1 to " + QuarantineBatch.RATE_MAX
                            + "; replaying and discarding need a reason");
        }
    }

    private static Asked asked(Asking asking) {
        var act = Arrays.stream(Act.values())
                .filter(one -> one != Act.RESTORE && one.code().equals(asking.act()))
                .findFirst()
                .orElseThrow(IllegalArgumentException::new);
        var reason = asking.reason() == null ? "" : asking.reason().strip();
        if (act != Act.TRY && Reason.read(reason, "").wrong() != null) {
            throw new IllegalArgumentException();
        }
        var ids = asking.ids() == null
                ? List.<ReceiptId>of()
                : asking.ids().stream().map(ReceiptId::new).distinct().toList();
        if (asking.ids() != null && ids.isEmpty()) {
            throw new IllegalArgumentException();
        }
        var filter = ids.isEmpty()
                ? QuarantineApi.filter(
                        text(asking.channel()), text(asking.route()), text(asking.reasonCode()), text(asking.day()))
                : Filter.all(false);
        int rate = asking.rate() == null ? QuarantineBatch.RATE_USUAL : asking.rate();
        return new Asked(act, filter, ids, rate, reason.isEmpty() ? null : reason);
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    @GetMapping("/{id}")
    @SeesQuarantine
    Batch batch(@PathVariable long id) {
        return batches.find(id).map(Batch::of).orElseThrow(QuarantineBatchApi::none);
    }

    @PostMapping(path = "/{id}/{change}", produces = MediaType.APPLICATION_JSON_VALUE)
    @ActsOnQuarantine
    Batch change(@PathVariable long id, @PathVariable String change) {
        batch(id);
        var actor = staff.member().actor();
        if (change.equals("undo")) {
            return batches.undo(id, actor).map(Batch::of).orElseThrow(QuarantineBatchApi::atItsEnd);
        }
        boolean done = switch (change) {
            case "pause" -> batches.pause(id, actor);
            case "resume" -> batches.resume(id, actor);
            case "cancel" -> batches.cancel(id, actor);
            default ->
                throw new ApiProblem(
                        HttpStatus.NOT_FOUND, "No such change", "A batch can be paused, resumed, cancelled and undone");
        };
        if (!done) {
            throw atItsEnd();
        }
        return batch(id);
    }

    private static ApiProblem none() {
        return new ApiProblem(HttpStatus.NOT_FOUND, "No such batch", "There is no batch of this number");
    }

    private static ApiProblem atItsEnd() {
        return new ApiProblem(
                HttpStatus.CONFLICT,
                "Nothing was done",
                "It is at its end, somebody else changed it, or nothing that it discarded is still there");
    }
}
