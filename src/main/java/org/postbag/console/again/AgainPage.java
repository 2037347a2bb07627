package org.postbag.console.again;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postbag.audit.AuditTrail;
import org.postbag.console.again.AgainBatch.From;
import org.postbag.receiving.Channel;
import org.postbag.staff.CurrentStaff;
import org.postbag.staff.Notice;
import org.postbag.staff.PageError;
import org.postbag.staff.Reason;
import org.postbag.staff.Role;
import org.postbag.staff.Unattended;
import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** A span of days is counted, in the raw store or at a route's source, and what the record misses is sent or read again. */
@Controller
@Profile("!command")
class AgainPage {

    static final String PATH = "/routes/again";
    private static final String ONE = PATH + "/{id:[0-9]+}";
    private static final int HISTORY_SHOWN_MAX = 50;
    /** A shorter wait isn't worth a word. */
    private static final Duration WAIT_TOLD = Duration.ofSeconds(20);

    private static final Set<Role> ACTS =
            EnumSet.of(Role.ROUTE_OPERATOR, Role.ROUTE_EDITOR, Role.ROUTE_APPROVER, Role.ADMINISTRATOR);

    private final AgainBatches batches;
    private final RouteSources sources;
    private final AuditTrail trail;
    private final CurrentStaff staff;
    private final Clock clock;

    AgainPage(AgainBatches batches, RouteSources sources, AuditTrail trail, CurrentStaff staff, Clock clock) {
        this.batches = batches;
        this.sources = sources;
        this.trail = trail;
        this.staff = staff;
        this.clock = clock;
    }

    record Form(
            @Nullable String from,
            @Nullable String channel,
            @Nullable String route,
            @Nullable String first,
            @Nullable String last) {

        public boolean isOfSource() {
            return From.ROUTE.code().equals(from);
        }

        private @Nullable String namedRoute() {
            return route == null || route.isBlank() ? null : route.strip();
        }
    }

    @GetMapping(PATH)
    @SeesAgain
    ModelAndView list() {
        var today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).toString();
        return list(new Form(From.RAW.code(), "email", "", today, today), List.of());
    }

    private ModelAndView list(Form typed, List<PageError> errors) {
        var page = new ModelAndView("console/again");
        page.addObject("typed", typed);
        page.addObject("channels", Channel.values());
        page.addObject("batches", batches.recent());
        page.addObject("sources", sources.all());
        page.addObject("mayAct", mayAct());
        return PageError.on(page, errors);
    }

    private boolean mayAct() {
        return staff.member().roles().stream().anyMatch(ACTS::contains);
    }

    @PostMapping(PATH)
    @ReadsAgain
    ModelAndView count(Form typed) {
        var errors = new ArrayList<PageError>();
        var channel = Channel.of(typed.channel() == null ? "" : typed.channel());
        var route = typed.namedRoute();
        if (!typed.isOfSource() && channel.isEmpty()) {
            errors.add(new PageError("channel", "Select a channel"));
        }
        if (typed.isOfSource() && route == null) {
            errors.add(new PageError("route", "Enter the route whose source is to be read"));
        }
        var first = day(typed.first(), "first", "Enter the first day", errors);
        var last = day(typed.last(), "last", "Enter the last day", errors);
        if (first != null && last != null && last.isBefore(first)) {
            errors.add(new PageError("last", "The last day must not be before the first"));
        } else if (first != null
                && last != null
                && first.plusDays(AgainBatch.DAYS_MAX).isBefore(last)) {
            errors.add(new PageError("last", "At most " + AgainBatch.DAYS_MAX + " days are read again at once"));
        }
        if (!errors.isEmpty() || first == null || last == null) {
            return list(typed, errors);
        }
        var actor = staff.member().actor();
        if (!typed.isOfSource()) {
            return at(batches.count(channel.orElseThrow(), route, first, last, actor));
        }
        try {
            return at(batches.countSource(Objects.requireNonNull(route), first, last, actor));
        } catch (IllegalArgumentException nothing) {
            return list(typed, List.of(new PageError("route", String.valueOf(nothing.getMessage()))));
        }
    }

    private static ModelAndView at(AgainBatch batch) {
        return new ModelAndView("redirect:" + PATH + "/" + batch.id());
    }

    private static @Nullable LocalDate day(@Nullable String typed, String field, String what, List<PageError> errors) {
        try {
            return LocalDate.parse(typed == null ? "" : typed.strip());
        } catch (DateTimeException notADay) {
            errors.add(new PageError(field, what + " as year, month and day, like 2026-03-03"));
            return null;
        }
    }

    @GetMapping(ONE)
    @SeesAgain
    ModelAndView one(@PathVariable long id) {
        return shown(id, "console/again-one");
    }

    /** What of the page changes, asked for by the page itself. */
    @GetMapping(ONE + "/now")
    @SeesAgain
    @Unattended
    ModelAndView now(@PathVariable long id) {
        return shown(id, "console/again-one :: now");
    }

    private ModelAndView shown(long id, String view) {
        var page = new ModelAndView(view);
        var batch = batches.find(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        page.addObject("batch", batch);
        page.addObject(
                "waits",
                batch.isMoving() && batch.nextAt().isAfter(clock.instant().plus(WAIT_TOLD)));
        page.addObject("mayAct", mayAct());
        page.addObject("rate", Integer.toString(AgainBatch.RATE_USUAL));
        page.addObject("rateMax", AgainBatch.RATE_MAX);
        page.addObject("reason", "");
        page.addObject("every", false);
        page.addObject("errors", List.of());
        page.addObject("history", trail.history(AgainBatches.subject(id), HISTORY_SHOWN_MAX));
        return page;
    }

    @PostMapping(ONE + "/send")
    @ReadsAgain
    ModelAndView send(
            @PathVariable long id,
            @RequestParam(defaultValue = "") String which,
            @RequestParam(defaultValue = "") String rate,
            @RequestParam(defaultValue = "") String reason,
            RedirectAttributes redirect) {
        var errors = new ArrayList<PageError>();
        int wanted = rate(rate, errors);
        var why = Reason.read(reason, "Enter why they are read again, in at most " + Reason.LENGTH_MAX + " characters");
        if (why.wrong() != null) {
            errors.add(why.wrong());
        }
        if (!errors.isEmpty()) {
            var page = shown(id, "console/again-one");
            page.addObject("rate", rate);
            page.addObject("reason", reason);
            page.addObject("every", which.equals("every"));
            return PageError.on(page, errors);
        }
        boolean begun = batches.send(
                id, which.equals("every"), wanted, why.text(), staff.member().actor());
        redirect.addFlashAttribute(
                Notice.ATTRIBUTE,
                begun
                        ? new Notice("It has begun. What the record knows already stays as it is.")
                        : Notice.refusal("Nothing was done: it isn’t counted yet, or was sent already."));
        return new ModelAndView("redirect:" + PATH + "/" + id);
    }

    private static int rate(String typed, List<PageError> errors) {
        try {
            int rate = typed.isBlank()
                    ? AgainBatch.RATE_USUAL
                    : Integer.parseInt(typed.strip().replace(",", ""));
            if (rate >= 1 && rate <= AgainBatch.RATE_MAX) {
                return rate;
            }
        } catch (NumberFormatException notANumber) {
            // Said below.
        }
        errors.add(new PageError("rate", "Enter how many a minute, from 1 to 60,000"));
        return AgainBatch.RATE_USUAL;
    }

    @PostMapping(ONE + "/{change:pause|resume|cancel}")
    @ReadsAgain
    String change(@PathVariable long id, @PathVariable String change, RedirectAttributes redirect) {
        var actor = staff.member().actor();
        boolean done = switch (change) {
            case "pause" -> batches.pause(id, actor);
            case "resume" -> batches.resume(id, actor);
            default -> batches.cancel(id, actor);
        };
        if (!done) {
            redirect.addFlashAttribute(
                    Notice.ATTRIBUTE,
                    Notice.refusal("Nothing was done: it is at its end, or somebody else changed it."));
        }
        return "redirect:" + PATH + "/" + id;
    }
}
