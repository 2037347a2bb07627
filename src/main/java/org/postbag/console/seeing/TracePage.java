package org.postbag.console.seeing;

import java.util.ArrayList;
import java.util.List;
import org.postbag.staff.AllowedTo;
import org.postbag.staff.CurrentStaff;
import org.postbag.staff.Notice;
import org.postbag.staff.PageError;
import org.postbag.staff.Role;
import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Tracing of one route: begun and ended by operators; what items say is for those who may see content, and each look is recorded. */
@Controller
@Profile("!command")
@RequestMapping(RoutePage.PATH + "/tracing")
class TracePage {

    private static final int ITEMS_USUAL = 10;
    private static final int MINUTES_USUAL = 15;

    private final RoutesBoard board;
    private final RouteSteps steps;
    private final Tracing tracing;
    private final CurrentStaff staff;

    TracePage(RoutesBoard board, RouteSteps steps, Tracing tracing, CurrentStaff staff) {
        this.board = board;
        this.steps = steps;
        this.tracing = tracing;
        this.staff = staff;
    }

    @GetMapping
    @AllowedTo({Role.ROUTE_VIEWER, Role.ROUTE_OPERATOR, Role.ROUTE_EDITOR, Role.ROUTE_APPROVER, Role.ADMINISTRATOR})
    ModelAndView page(@PathVariable String id) {
        return page(id, Integer.toString(ITEMS_USUAL), Integer.toString(MINUTES_USUAL), false, List.of());
    }

    private ModelAndView page(String id, String items, String minutes, boolean content, List<PageError> errors) {
        if (board.known(id).isEmpty()) {
            return RoutePage.missing(id);
        }
        var page = new ModelAndView("console/tracing");
        page.addObject("id", id);
        page.addObject("trace", tracing.of(id).orElse(null));
        page.addObject("words", new StepWords(id, steps));
        page.addObject("items", items);
        page.addObject("minutes", minutes);
        page.addObject("content", content);
        RoutePage.addRights(page, staff.member());
        return PageError.on(page, errors);
    }

    /** What a step does, for the page. */
    public record StepWords(String route, RouteSteps steps) {
        public String of(String node) {
            return steps.words(route, node);
        }
    }

    @PostMapping
    @AllowedTo({Role.ROUTE_OPERATOR, Role.ROUTE_EDITOR, Role.ROUTE_APPROVER, Role.ADMINISTRATOR})
    Object begin(
            @PathVariable String id,
            @RequestParam(defaultValue = "") String items,
            @RequestParam(defaultValue = "") String minutes,
            @RequestParam(defaultValue = "false") boolean content,
            RedirectAttributes redirect) {
        var member = staff.member();
        if (content && !RouteRoles.maySeeContent(member)) {
            throw new ResponseStatusException(HttpStatus.FORBIDDEN);
        }
        var errors = new ArrayList<PageError>();
        int itemsWanted = number(items, "items", "items", Trace.ITEMS_MAX, errors);
        int minutesWanted = number(minutes, "minutes", "minutes", Trace.MINUTES_MAX, errors);
        if (!errors.isEmpty() || board.known(id).isEmpty()) {
            return page(id, items, minutes, content, errors);
        }
        redirect.addFlashAttribute(
                Notice.ATTRIBUTE,
                tracing.begin(id, itemsWanted, minutesWanted, content, member)
                        ? new Notice("The route is traced. It ends by itself.")
                        : Notice.refusal("%d routes are traced already. Try again when one of them has ended."
                                .formatted(Tracing.AT_ONCE_MAX)));
        return back(id, redirect);
    }

    private static int number(String typed, String field, String what, int most, List<PageError> errors) {
        try {
            int number = Integer.parseInt(typed.strip());
            if (number >= 1 && number <= most) {
                return number;
            }
        } catch (NumberFormatException none) {
            // Said below.
        }
        errors.add(new PageError(field, "Enter how many %s, from 1 to %d".formatted(what, most)));
        return 0;
    }

    @PostMapping("/end")
    @AllowedTo({Role.ROUTE_OPERATOR, Role.ROUTE_EDITOR, Role.ROUTE_APPROVER, Role.ADMINISTRATOR})
    String end(@PathVariable String id, RedirectAttributes redirect) {
        tracing.end(id, staff.member());
        redirect.addFlashAttribute(Notice.ATTRIBUTE, new Notice("Tracing has ended."));
        return back(id, redirect);
    }

    /** The id goes into the address as a part of its path, whatever is in it. */
    private static String back(String id, RedirectAttributes redirect) {
        redirect.addAttribute("id", id);
        return "redirect:/routes/{id}/tracing";
    }

    /** What an item says. The look is recorded before it is shown. */
    @GetMapping("/{number}")
    @AllowedTo({Role.OFFICER, Role.REVIEWER, Role.DATA_PROTECTION_OFFICER})
    ModelAndView content(@PathVariable String id, @PathVariable int number) {
        var given = tracing.of(id).map(trace -> trace.given(number)).orElse(List.of());
        if (given.isEmpty()) {
            return RoutePage.missing(id);
        }
        tracing.looked(id, number, staff.member());
        var page = new ModelAndView("console/trace-content");
        page.addObject("id", id);
        page.addObject("number", number);
        page.addObject("given", given);
        page.addObject("words", new StepWords(id, steps));
        return page;
    }
}
