package org.postbag.search.web;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postbag.search.SearchesMade;
import org.postbag.search.language.AskedDay;
import org.postbag.staff.AllowedTo;
import org.postbag.staff.CurrentStaff;
import org.postbag.staff.PageError;
import org.postbag.staff.Role;
import org.postbag.staff.StaffTexts;
import org.postbag.staff.UkTime;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Who searched when, and for what: for data protection officers, who may look into what staff do. Words are shown one search at a time. */
@Controller
@RequestMapping(SearchesMadePage.PATH)
@AllowedTo(Role.DATA_PROTECTION_OFFICER)
class SearchesMadePage {

    static final String PATH = "/audit/searches";

    private static final int DAYS_SHOWN = 7;
    private static final int LINES_A_PAGE = 50;
    private static final int PAGE_MAX = 10_000;

    private final SearchesMade searches;
    private final SearchLists lists;
    private final CurrentStaff staff;
    private final Clock clock;
    private final StaffTexts texts;

    SearchesMadePage(SearchesMade searches, SearchLists lists, CurrentStaff staff, Clock clock, StaffTexts texts) {
        this.searches = searches;
        this.lists = lists;
        this.staff = staff;
        this.clock = clock;
        this.texts = texts;
    }

    /** @param by the number of a member of staff: no address names anybody */
    @GetMapping
    ModelAndView list(
            @RequestParam(required = false) @Nullable Long by,
            @RequestParam(defaultValue = "") String since,
            @RequestParam(defaultValue = "") String until,
            @RequestParam(name = "page", defaultValue = "1") int asked) {
        var today = LocalDate.ofInstant(clock.instant(), UkTime.ZONE);
        var first = since.isBlank() ? Optional.of(today.minusDays(DAYS_SHOWN - 1L)) : AskedDay.parse(since);
        var last = until.isBlank() ? Optional.of(today) : AskedDay.parse(until);
        var page = form(by, since, until);
        var errors = errors(first, last);
        if (!errors.isEmpty() || first.isEmpty() || last.isEmpty()) {
            page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
            page.addObject("errors", errors);
            return page;
        }
        int number = Math.clamp(asked, 1, PAGE_MAX);
        var found = searches.list(
                by, first.get(), last.get(), (number - 1) * LINES_A_PAGE, LINES_A_PAGE + 1, staff.member());
        page.addObject("first", first.get());
        page.addObject("last", last.get());
        page.addObject("lines", found.stream().limit(LINES_A_PAGE).toList());
        page.addObject("before", number > 1 ? link(by, first.get(), last.get(), number - 1) : null);
        page.addObject("after", found.size() > LINES_A_PAGE ? link(by, first.get(), last.get(), number + 1) : null);
        return page;
    }

    private ModelAndView form(@Nullable Long by, String since, String until) {
        var page = new ModelAndView("search/made");
        page.addObject("members", searches.members());
        page.addObject("by", by);
        page.addObject("since", since);
        page.addObject("until", until);
        page.addObject("lines", List.of());
        return page;
    }

    private List<PageError> errors(Optional<LocalDate> first, Optional<LocalDate> last) {
        var errors = new ArrayList<PageError>();
        if (first.isEmpty()) {
            errors.add(new PageError("since", texts.say("made.since.wrong")));
        }
        if (last.isEmpty()) {
            errors.add(new PageError("until", texts.say("made.until.wrong")));
        }
        return errors;
    }

    private static String link(@Nullable Long by, LocalDate first, LocalDate last, int number) {
        return PATH + "?since=" + first + "&until=" + last + "&page=" + number + (by == null ? "" : "&by=" + by);
    }

    /** By the id that stands in the trail. */
    @GetMapping("/find")
    ModelAndView find(@RequestParam(defaultValue = "") String id) {
        try {
            return new ModelAndView("redirect:" + PATH + "/" + UUID.fromString(id.strip()));
        } catch (IllegalArgumentException notOne) {
            var page = form(null, "", "");
            page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
            page.addObject("id", id);
            page.addObject("errors", List.of(new PageError("id", texts.say("made.id.wrong"))));
            return page;
        }
    }

    @GetMapping("/{id}")
    ModelAndView one(@PathVariable UUID id) {
        var made = searches.look(id, staff.member());
        var page = new ModelAndView("search/made-one");
        page.addObject("id", id);
        page.addObject("made", made.orElse(null));
        page.addObject("kept", SearchesMade.KEPT);
        made.filter(SearchesMade.Made::isKept).ifPresent(one -> page.addObject("words", words(one)));
        if (made.isEmpty()) {
            page.setStatus(HttpStatus.NOT_FOUND);
        }
        return page;
    }

    private String words(SearchesMade.Made made) {
        var query = made.query();
        return query == null ? texts.say("made.contact", String.valueOf(made.contact())) : lists.words(query);
    }
}
