package org.postbag.console;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.postbag.console.RouteDesk.Outcome;
import org.postbag.console.RouteDesk.Shown;
import org.postbag.staff.AllowedTo;
import org.postbag.staff.CurrentStaff;
import org.postbag.staff.Notice;
import org.postbag.staff.PageError;
import org.postbag.staff.Role;
import org.postbag.staff.Typed;
import org.postbag.staff.UkTime;
import org.postbag.staff.WithoutDatabase;
import org.postbag.staff.Wording;
import org.springframework.context.annotation.Profile;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.TransactionException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Starts, stops, suspends, resumes and runs routes: first a page that says what would happen, with counts; then it is done, and can be undone as one. */
@Controller
@Profile("!command")
@RequestMapping("/routes/act")
@AllowedTo({Role.ROUTE_OPERATOR, Role.ROUTE_EDITOR, Role.ROUTE_APPROVER, Role.ADMINISTRATOR})
class ActPage {

    static final int REASON_CHARS_MAX = 500;

    private static final int ROUTES_MAX = 200;

    private final RouteDesk desk;
    private final SourceFigures sources;
    private final CurrentStaff staff;
    private final Wording wording;
    private final Clock clock;

    ActPage(RouteDesk desk, SourceFigures sources, CurrentStaff staff, Wording wording, Clock clock) {
        this.desk = desk;
        this.sources = sources;
        this.staff = staff;
        this.wording = wording;
        this.clock = clock;
    }

    /** What was typed, and what is wrong with it. */
    private record Filled(String reason, String day, String time, List<PageError> errors) {

        static final Filled NOTHING = new Filled("", "", "", List.of());

        boolean isTimed() {
            return !day.isBlank() || !time.isBlank();
        }

        Filled with(List<PageError> wrong) {
            return new Filled(reason, day, time, wrong);
        }
    }

    @GetMapping
    @WithoutDatabase
    ModelAndView ask(
            @RequestParam(name = "do", defaultValue = "") String what,
            @RequestParam(defaultValue = "") List<String> route,
            @RequestParam(defaultValue = "") String channel,
            RedirectAttributes redirect) {
        var act = Act.of(what);
        var chosen = chosen(route, channel);
        return act.isEmpty() || chosen.isEmpty()
                ? nothing(redirect)
                : page(act.get(), chosen, Filled.NOTHING, HttpStatus.OK);
    }

    private List<Shown> chosen(Collection<String> routes, String channel) {
        return desk.all().stream()
                .filter(shown -> routes.contains(shown.id())
                        || !channel.isEmpty()
                                && channel.equals(shown.channel())
                                && !shown.state().equals(RouteState.NOT_LOADED.code()))
                .limit(ROUTES_MAX)
                .toList();
    }

    private static ModelAndView nothing(RedirectAttributes redirect) {
        redirect.addFlashAttribute(
                Notice.ATTRIBUTE,
                Notice.refusal("Nothing was done: choose the routes first, and what to do with them."));
        return new ModelAndView("redirect:" + RoutesLight.PATH);
    }

    private ModelAndView page(Act act, List<Shown> chosen, Filled typed, HttpStatus status) {
        var lines = chosen.stream().map(route -> becomes(act, route)).toList();
        var page = new ModelAndView("console/act", status);
        page.addObject("act", act);
        page.addObject("lines", lines);
        page.addObject("changing", lines.stream().filter(WouldBecome::changes).count());
        page.addObject("drains", act.holdsBack() ? drains(act, chosen) : "");
        page.addObject("heading", heading(act, chosen));
        page.addObject("back", back(chosen.stream().map(Shown::id).toList()));
        page.addObject("unknownSince", desk.unknownSince().orElse(null));
        page.addObject("reason", typed.reason());
        page.addObject("day", typed.day());
        page.addObject("time", typed.time());
        page.addObject("reasonCharsMax", REASON_CHARS_MAX);
        page.addObject("errors", typed.errors());
        return page;
    }

    private WouldBecome becomes(Act act, Shown route) {
        return WouldBecome.of(act, route, sources.waiting(route.id()));
    }

    /** What becomes of what is in flight, and for how long it is held back. */
    private String drains(Act act, List<Shown> chosen) {
        long inFlight = chosen.stream().mapToLong(Shown::inHand).sum();
        boolean one = chosen.size() == 1;
        var ends = (inFlight == 1
                        ? "1 item is in flight now. It is ended"
                        : wording.count(inFlight, "item is", "items are") + " in flight now. They are ended")
                + " first, for at most " + RouteRunner.DRAIN_MAX.toSeconds() + " seconds.";
        return (inFlight == 0 ? "Nothing is in flight now." : ends)
                + " Nothing is lost. " + (one ? "It stays " : "They stay ") + act.done()
                + " on every node and over restarts, until somebody starts " + (one ? "it" : "them")
                + " or the time below comes.";
    }

    private String heading(Act act, List<Shown> chosen) {
        var what = chosen.size() == 1 ? chosen.getFirst().id() : wording.count(chosen.size(), "route", "routes");
        return act == Act.RUN ? "Run " + what + " now" : act.label() + " " + what;
    }

    @PostMapping
    @WithoutDatabase
    ModelAndView act(
            @RequestParam(name = "do", defaultValue = "") String what,
            @RequestParam(defaultValue = "") List<String> route,
            @RequestParam(defaultValue = "") String reason,
            @RequestParam(defaultValue = "") String day,
            @RequestParam(defaultValue = "") String time,
            RedirectAttributes redirect) {
        var act = Act.of(what);
        var chosen = chosen(route, "");
        if (act.isEmpty() || chosen.isEmpty()) {
            return nothing(redirect);
        }
        var typed = new Filled(reason, day, time, List.of());
        var errors = check(act.get(), typed);
        return errors.isEmpty()
                ? done(act.get(), chosen, typed, redirect)
                : page(act.get(), chosen, typed.with(errors), HttpStatus.UNPROCESSABLE_CONTENT);
    }

    private List<PageError> check(Act act, Filled typed) {
        var errors = new ArrayList<PageError>();
        var why = typed.reason().strip();
        if (act.holdsBack() && why.isEmpty()) {
            errors.add(new PageError("reason", "Enter why, for those who find it " + act.done()));
        } else if (why.length() > REASON_CHARS_MAX) {
            errors.add(new PageError("reason", "Enter a reason of at most " + REASON_CHARS_MAX + " characters"));
        }
        if (!typed.day().isBlank() && Typed.date(typed.day()) == null) {
            errors.add(new PageError("day", "Enter a day such as 3/3/2026, or leave it empty"));
        } else if (typed.isTimed() && Typed.time(typed.time()) == null) {
            errors.add(new PageError("time", "Enter a time such as 4:05pm"));
        }
        return errors;
    }

    private ModelAndView done(Act act, List<Shown> chosen, Filled typed, RedirectAttributes redirect) {
        var ids = chosen.stream()
                .filter(shown -> becomes(act, shown).changes())
                .map(Shown::id)
                .toList();
        var why = typed.reason().strip();
        try {
            var today = LocalDate.ofInstant(clock.instant(), UkTime.ZONE);
            var until =
                    typed.isTimed() ? moment(typed.day(), typed.time(), today).orElse(null) : null;
            var outcome = desk.change(ids, act, why.isEmpty() ? null : why, until, staff.member());
            return told(outcome, act, chosen, typed, redirect);
        } catch (DataAccessException | TransactionException away) {
            var error = new PageError(
                    act.holdsBack() ? "reason" : "act",
                    "The database does not answer, so nothing was changed and routes go on as they are. Try again in a moment.");
            return page(act, chosen, typed.with(List.of(error)), HttpStatus.SERVICE_UNAVAILABLE);
        }
    }

    private ModelAndView told(Outcome outcome, Act act, List<Shown> chosen, Filled typed, RedirectAttributes redirect) {
        switch (outcome) {
            case Outcome.Done done -> redirect.addFlashAttribute(Notice.ATTRIBUTE, notice(done, act, until(typed)));
            case Outcome.NoSuchRoute none ->
                redirect.addFlashAttribute(
                        Notice.ATTRIBUTE, Notice.refusal("Nothing was done: " + none.id() + " isn’t loaded any more."));
            case Outcome.Refused refused -> {
                var error = new PageError(act.holdsBack() ? "day" : "act", refused.reason());
                return page(act, chosen, typed.with(List.of(error)), HttpStatus.UNPROCESSABLE_CONTENT);
            }
        }
        return new ModelAndView(
                "redirect:" + back(chosen.stream().map(Shown::id).toList()));
    }

    /** " until 3 March 2026 at 4:05pm", or nothing. */
    private String until(Filled typed) {
        return typed.isTimed()
                ? moment(typed.day(), typed.time(), LocalDate.ofInstant(clock.instant(), UkTime.ZONE))
                        .map(at -> " until " + UkTime.dateTime(at))
                        .orElse("")
                : "";
    }

    private Notice notice(Outcome.Done done, Act act, String until) {
        if (done.changed().isEmpty()) {
            return Notice.refusal("Nothing was changed: it is so already.");
        }
        var names = done.changed().size() == 1
                ? done.changed().getFirst()
                : wording.count(done.changed().size(), "route", "routes");
        if (act == Act.RUN) {
            return new Notice(names + (done.changed().size() == 1 ? " looks" : " look") + " at the source now.");
        }
        var busy = desk.all().stream()
                .filter(route -> done.changed().contains(route.id()))
                .filter(route -> route.state().endsWith("ing"))
                .toList();
        long inHand = busy.stream().mapToLong(Shown::inHand).sum();
        var goesOn = names
                + (done.changed().size() == 1 ? " is " : " are ")
                + (busy.isEmpty() ? "" : "being ")
                + act.done()
                + until
                + (busy.isEmpty()
                        ? "."
                        : ": " + (inHand == 0 ? "its look at the source ends first" : inHand + " in flight")
                                + ", for at most " + RouteRunner.DRAIN_MAX.toSeconds() + " seconds.");
        return new Notice(goesOn, "/routes/act/undo/" + done.number());
    }

    @PostMapping("/undo/{change:[0-9]{1,18}}")
    String undo(@PathVariable long change, RedirectAttributes redirect) {
        var undone = desk.undo(change, staff.member());
        redirect.addFlashAttribute(
                Notice.ATTRIBUTE,
                undone.isEmpty()
                        ? Notice.refusal("Nothing was undone: it was changed again since.")
                        : new Notice(
                                undone.size() == 1
                                        ? undone.getFirst() + " is as it was."
                                        : wording.count(undone.size(), "route", "routes") + " are as they were."));
        return "redirect:" + back(undone);
    }

    private static String back(List<String> routes) {
        return routes.size() == 1 ? RoutesLight.PATH + "/" + routes.getFirst() : RoutesLight.PATH;
    }

    /** A time without a day is of today. Empty where it can't be read. */
    static Optional<Instant> moment(String day, String time, LocalDate today) {
        var date = day.isBlank() ? today : Typed.date(day);
        var hour = Typed.time(time);
        return date == null || hour == null
                ? Optional.empty()
                : Optional.of(date.atTime(hour).atZone(UkTime.ZONE).toInstant());
    }
}
