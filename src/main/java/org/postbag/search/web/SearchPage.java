package org.postbag.search.web;

import jakarta.servlet.http.HttpSession;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postbag.receiving.Channel;
import org.postbag.retention.Category;
import org.postbag.search.After;
import org.postbag.search.Hits;
import org.postbag.search.Query;
import org.postbag.search.Results;
import org.postbag.search.Search;
import org.postbag.search.SearchUnavailable;
import org.postbag.staff.AllowedTo;
import org.postbag.staff.CurrentStaff;
import org.postbag.staff.PageError;
import org.postbag.staff.Role;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Finding enquiries: one box, filters beside the results. What is looked for is posted and kept under an opaque id; no URL ever holds it. */
@Controller
@AllowedTo({Role.READER, Role.OFFICER, Role.REVIEWER, Role.DATA_PROTECTION_OFFICER})
class SearchPage {

    private static final String NEWEST_SEARCH = SearchPage.class.getName() + ".newest";
    private static final int PAGES_BACK_MAX = 40;

    private final Search search;
    private final CurrentStaff staff;

    SearchPage(Search search, CurrentStaff staff) {
        this.search = search;
        this.staff = staff;
    }

    /** A value of a filter, with how many it would find. */
    record Option(String code, String label, long count, boolean chosen) {}

    /** Without a question: the newest. */
    @GetMapping("/enquiries")
    ModelAndView newest(HttpSession session) {
        var member = staff.member();
        UUID id;
        // Asked once a session, not at each visit; it may have been forgotten since.
        if (session.getAttribute(NEWEST_SEARCH) instanceof UUID known
                && search.asked(known, member).isPresent()) {
            id = known;
        } else {
            id = search.ask(Query.of(""), member);
            session.setAttribute(NEWEST_SEARCH, id);
        }
        return found(id, List.of());
    }

    @PostMapping("/enquiries/search")
    ModelAndView ask(
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") Set<String> channel,
            @RequestParam(defaultValue = "") Set<String> category,
            @RequestParam(defaultValue = "") String since,
            @RequestParam(defaultValue = "") String until,
            @RequestParam(defaultValue = "") String order,
            @RequestParam(required = false) @Nullable String sort,
            @RequestParam(required = false) @Nullable String remove) {
        var form = new SearchForm(q, channel, category, since, until, sort == null ? order : sort).without(remove);
        var errors = form.errors();
        if (!errors.isEmpty()) {
            return wrong(form, errors);
        }
        return new ModelAndView("redirect:/enquiries/search/" + search.ask(form.query(), staff.member()));
    }

    /** @param after where each page up to this one began, the last being this one's: so that there is a way back as well as on */
    @GetMapping("/enquiries/search/{id}")
    ModelAndView found(@PathVariable UUID id, @RequestParam(defaultValue = "") List<String> after) {
        var member = staff.member();
        var query = search.asked(id, member);
        if (query.isEmpty()) {
            return forgotten();
        }
        var from = after.isEmpty() ? null : After.parse(after.getLast()).orElse(null);
        if (from != null && from.order() != query.get().order()) {
            from = null;
        }
        var page = page(SearchForm.of(query.get()));
        page.addObject("searchId", id);
        try {
            var results = search.page(id, from, member);
            if (results.isEmpty()) {
                return forgotten();
            }
            show(page, id, results.get(), from == null ? List.of() : after);
        } catch (SearchUnavailable away) {
            page.setStatus(HttpStatus.SERVICE_UNAVAILABLE);
            page.addObject("away", true);
        }
        return page;
    }

    private static void show(ModelAndView page, UUID id, Results results, List<String> after) {
        var form = SearchForm.of(results.query());
        page.addObject("results", results);
        page.addObject("channels", channels(results, form));
        page.addObject("categories", categories(results, form));
        page.addObject("pageNumber", after.size() + 1);
        var path = "/enquiries/search/" + id;
        if (!after.isEmpty()) {
            page.addObject("before", link(path, after.subList(0, after.size() - 1)));
        }
        var next = results.after();
        if (next != null && after.size() < PAGES_BACK_MAX) {
            page.addObject(
                    "after",
                    link(
                            path,
                            Stream.concat(after.stream(), Stream.of(next.toString()))
                                    .toList()));
        }
        page.addObject("tooFar", next != null && after.size() >= PAGES_BACK_MAX);
    }

    /** Page marks are base64url and need no encoding. */
    private static String link(String path, List<String> after) {
        return after.isEmpty() ? path : path + "?after=" + String.join("&after=", after);
    }

    private static List<Option> channels(Results results, SearchForm form) {
        var counts = results.facets().getOrDefault(Hits.CHANNEL, Map.of());
        return options(Stream.of(Channel.values())
                .map(value -> new Option(
                        value.code(),
                        value.label(),
                        counts.getOrDefault(value.code(), 0L),
                        form.channels().contains(value.code()))));
    }

    private static List<Option> categories(Results results, SearchForm form) {
        var counts = results.facets().getOrDefault(Hits.CATEGORY, Map.of());
        return options(Stream.of(Category.values())
                .map(value -> new Option(
                        value.code(),
                        value.label(),
                        counts.getOrDefault(value.code(), 0L),
                        form.categories().contains(value.code()))));
    }

    /** Those that would find something, and those that are chosen: a filter that can't be seen can't be taken away. */
    private static List<Option> options(Stream<Option> all) {
        return all.filter(option -> option.count() > 0 || option.chosen())
                .sorted(Comparator.comparingLong(Option::count).reversed())
                .toList();
    }

    private static ModelAndView wrong(SearchForm form, List<PageError> errors) {
        var page = page(form);
        page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
        page.addObject("errors", errors);
        page.addObject("channels", typed(form.channels()));
        page.addObject("categories", typed(form.categories()));
        return page;
    }

    /** What was ticked stays ticked while a day is put right; without results there is nothing to count. */
    private static List<Option> typed(Set<String> codes) {
        return Stream.concat(
                        Stream.of(Channel.values()).map(value -> new Option(value.code(), value.label(), 0, true)),
                        Stream.of(Category.values()).map(value -> new Option(value.code(), value.label(), 0, true)))
                .filter(option -> codes.contains(option.code()))
                .toList();
    }

    private static ModelAndView forgotten() {
        var page = page(SearchForm.of(Query.of("")));
        page.setStatus(HttpStatus.NOT_FOUND);
        page.addObject("forgotten", true);
        return page;
    }

    private static ModelAndView page(SearchForm form) {
        var page = new ModelAndView("search/enquiries");
        page.addObject("form", form);
        return page;
    }
}
