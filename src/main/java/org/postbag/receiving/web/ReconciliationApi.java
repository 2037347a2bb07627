package org.postbag.receiving.web;

import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postbag.receiving.ReceiptId;
import org.postbag.receiving.Reconciliation;
import org.postbag.receiving.Reconciliation.Day;
import org.postbag.staff.AllowedTo;
import org.postbag.staff.Role;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** {@code GET /api/reconciliation}: counts and receipt ids only, no personal data. */
@RestController
class ReconciliationApi {

    private static final int DAYS_UNLESS_ASKED = 30;
    private static final Logger LOG = LoggerFactory.getLogger(ReconciliationApi.class);

    private final Reconciliation reconciliation;
    private final Clock clock;

    ReconciliationApi(Reconciliation reconciliation, Clock clock) {
        this.reconciliation = reconciliation;
        this.clock = clock;
    }

    record Answer(LocalDate from, LocalDate to, boolean addsUp, List<Line> days) {}

    record Line(
            String channel,
            LocalDate day,
            long received,
            long filed,
            long known,
            long quarantined,
            long discarded,
            long waiting,
            boolean addsUp,
            List<String> missing) {

        static Line of(Day day) {
            return new Line(
                    day.channel().code(),
                    day.day(),
                    day.received(),
                    day.filed(),
                    day.known(),
                    day.quarantined(),
                    day.discarded(),
                    day.waiting(),
                    day.addsUp(),
                    day.missing().stream().map(ReceiptId::hex).toList());
        }
    }

    @GetMapping("/api/reconciliation")
    @AllowedTo({
        Role.READER,
        Role.OFFICER,
        Role.REVIEWER,
        Role.DATA_PROTECTION_OFFICER,
        Role.ROUTE_VIEWER,
        Role.ROUTE_OPERATOR,
        Role.ROUTE_EDITOR,
        Role.ROUTE_APPROVER,
        Role.ADMINISTRATOR
    })
    Answer reconcile(
            @RequestParam(name = "from", required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable
                    LocalDate from,
            @RequestParam(name = "to", required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable
                    LocalDate to) {
        var last = to != null ? to : LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        var first = from != null ? from : last.minusDays(DAYS_UNLESS_ASKED - 1L);
        if (first.isAfter(last) || first.plusDays(Reconciliation.DAYS_MAX).isBefore(last)) {
            throw new ResponseStatusException(
                    HttpStatus.BAD_REQUEST, "Ask for 1 to " + Reconciliation.DAYS_MAX + " days");
        }
        try {
            var days =
                    reconciliation.between(first, last).stream().map(Line::of).toList();
            return new Answer(first, last, days.stream().allMatch(Line::addsUp), days);
        } catch (IOException away) {
            LOG.warn("The raw store could not be read", away);
            throw new ResponseStatusException(HttpStatus.SERVICE_UNAVAILABLE, "The raw store is away", away);
        }
    }
}
