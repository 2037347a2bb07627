package org.postbag.console.again;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postbag.console.again.AgainBatch.From;
import org.postbag.receiving.Channel;
import org.postbag.staff.ApiProblem;
import org.postbag.staff.CurrentStaff;
import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/again}: a span of days counted, in the raw store or at a route's source, and sent or read again. */
@RestController
@Profile("!command")
@RequestMapping("/api/again")
class AgainApi {

    private final AgainBatches batches;
    private final RouteSources sources;
    private final CurrentStaff staff;

    AgainApi(AgainBatches batches, RouteSources sources, CurrentStaff staff) {
        this.batches = batches;
        this.sources = sources;
        this.staff = staff;
    }

    /**
     * @param from {@code raw}, or {@code route} for its source; raw where left out
     * @param channel needed for raw
     * @param route needed for its source
     */
    record Span(
            @Nullable String from,
            @Nullable String channel,
            @Nullable String route,
            @Nullable String first,
            @Nullable String last) {}

    record Sending(
            @Nullable Boolean every,
            @Nullable Integer rate,
            @Nullable String reason) {}

    record Counted(
            long id,
            String from,
            String state,
            String channel,
            @Nullable String route,
            LocalDate first,
            LocalDate last,
            long raw,
            long filed,
            long quarantined,
            long discarded,
            long erased,
            long waiting,
            long missing,
            long refused,
            long damaged,
            long sent,
            @Nullable String fault) {

        static Counted of(AgainBatch batch) {
            var counts = batch.counts();
            return new Counted(
                    batch.id(),
                    batch.from().code(),
                    batch.state().code(),
                    batch.channel().code(),
                    batch.route(),
                    batch.first(),
                    batch.last(),
                    counts.raw(),
                    counts.filed(),
                    counts.quarantined(),
                    counts.discarded(),
                    counts.erased(),
                    counts.waiting(),
                    counts.missing(),
                    counts.refused(),
                    counts.damaged(),
                    batch.sent(),
                    batch.fault());
        }
    }

    record Recent(List<Counted> batches) {}

    @GetMapping
    @SeesAgain
    Recent recent() {
        return new Recent(batches.recent().stream().map(Counted::of).toList());
    }

    @PostMapping
    @ReadsAgain
    ResponseEntity<Counted> count(@RequestBody Span span) {
        try {
            return ResponseEntity.accepted().body(Counted.of(counting(span)));
        } catch (DateTimeException wrong) {
            throw noSuchSpan("first and last are days, like 2026-03-03");
        } catch (IllegalArgumentException wrong) {
            throw noSuchSpan(String.valueOf(wrong.getMessage()));
        }
    }

    private AgainBatch counting(Span span) {
        var from = From.of(text(span.from()).isEmpty() ? From.RAW.code() : text(span.from()));
        var first = LocalDate.parse(text(span.first()));
        var last = LocalDate.parse(text(span.last()));
        var actor = staff.member().actor();
        if (from == From.ROUTE) {
            return batches.countSource(text(span.route()), first, last, actor);
        }
        var channel = Channel.of(text(span.channel()))
                .orElseThrow(() -> new IllegalArgumentException("channel is a channel's code"));
        return batches.count(channel, text(span.route()).isEmpty() ? null : text(span.route()), first, last, actor);
    }

    private static ApiProblem noSuchSpan(String why) {
        return new ApiProblem(HttpStatus.BAD_REQUEST, "No such span", why);
    }

    /** What of a route's source can be read again. */
    record Source(String route, String channel, boolean readable, String what) {}

    record Sources(List<Source> sources) {}

    @GetMapping("/sources")
    @SeesAgain
    Sources sources() {
        return new Sources(sources.all().stream()
                .map(one -> new Source(one.route(), one.channel().code(), one.isReadable(), one.words()))
                .toList());
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value.strip();
    }

    @GetMapping("/{id}")
    @SeesAgain
    Counted one(@PathVariable long id) {
        return batches.find(id)
                .map(Counted::of)
                .orElseThrow(
                        () -> new ApiProblem(HttpStatus.NOT_FOUND, "No such number", "Nothing was counted under it"));
    }

    @PostMapping("/{id}/send")
    @ReadsAgain
    Counted send(@PathVariable long id, @RequestBody Sending sending) {
        one(id);
        int rate = sending.rate() == null ? AgainBatch.RATE_USUAL : sending.rate();
        try {
            boolean begun = batches.send(
                    id,
                    Boolean.TRUE.equals(sending.every()),
                    rate,
                    text(sending.reason()),
                    staff.member().actor());
            if (!begun) {
                throw notNow();
            }
        } catch (IllegalArgumentException wrong) {
            throw new ApiProblem(
                    HttpStatus.BAD_REQUEST,
                    "Can't be sent so",
                    "rate is from 1 to " + AgainBatch.RATE_MAX + ", and it needs a reason");
        }
        return one(id);
    }

    @PostMapping(path = "/{id}/{change}", produces = MediaType.APPLICATION_JSON_VALUE)
    @ReadsAgain
    Counted change(@PathVariable long id, @PathVariable String change) {
        one(id);
        var actor = staff.member().actor();
        boolean done = switch (change) {
            case "pause" -> batches.pause(id, actor);
            case "resume" -> batches.resume(id, actor);
            case "cancel" -> batches.cancel(id, actor);
            default ->
                throw new ApiProblem(HttpStatus.NOT_FOUND, "No such change", "It can be paused, resumed and cancelled");
        };
        if (!done) {
            throw notNow();
        }
        return one(id);
    }

    private static ApiProblem notNow() {
        return new ApiProblem(
                HttpStatus.CONFLICT,
                "Nothing was done",
                "It is not counted yet, at its end, or somebody else changed it");
    }
}
