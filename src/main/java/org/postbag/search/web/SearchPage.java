package org.postbag.search.web;

import jakarta.servlet.http.HttpSession;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
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
    private static final String AS_TABLE = SearchPage.class.getName() + ".table";

    /** How many pages there is a way back for, one by one; each puts its mark into the address. */
    private static final int PAGES_BACK_MAX = 40;

    private static final int PAGE_MAX = 1_000_000;

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
    ModelAndView newest(@RequestParam(required = false) @Nullable String view, HttpSession session) {
        var member = staff.member();
        UUID id;
        // Asked once a session, not at each visit; it may have been forgotten since.
        if (session.getAttribute(NEWEST_SEARCH) instanceof UUID known
                && search.asked(known, member).isPresent()) {
            id = known;
        } else {
            id = search.ask(Query.of("").leavingOutAutomatic(true), member);
            session.setAttribute(NEWEST_SEARCH, id);
        }
        return found(id, List.of(), 1, view, session);
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
            @RequestParam(defaultValue = "false") boolean automatic,
            @RequestParam(required = false) @Nullable String remove) {
        var form = new SearchForm(
                        q, channel, category, since, until, sort == null ? order : sort, automatic && q.isBlank())
                .without(remove);
        var errors = form.errors();
        if (!errors.isEmpty()) {
            return wrong(form, errors);
        }
        return new ModelAndView("redirect:/enquiries/search/" + search.ask(form.query(), staff.member()));
    }

    /**
     * @param after where the pages up to this one began, the last being this one's: so that there is a way back as well as on
     * @param page the number of the page, for people
     * @param view {@code table} or {@code cards}: remembered for as long as the person is signed in
     */
    @GetMapping("/enquiries/search/{id}")
    ModelAndView found(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") List<String> after,
            @RequestParam(name = "page", defaultValue = "1") int number,
            @RequestParam(required = false) @Nullable String view,
            HttpSession session) {
        if (view != null) {
            session.setAttribute(AS_TABLE, view.equals("table"));
        }
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
        page.addObject("asTable", Boolean.TRUE.equals(session.getAttribute(AS_TABLE)));
        try {
            var results = search.page(id, from, member);
            if (results.isEmpty()) {
                return forgotten();
            }
            show(page, id, results.get(), from == null ? List.of() : after, Math.clamp(number, 1, PAGE_MAX));
        } catch (SearchUnavailable away) {
            page.setStatus(HttpStatus.SERVICE_UNAVAILABLE);
            page.addObject("away", true);
            page.addObject(
                    "channels",
                    typed(query.get().channels().stream().map(Channel::code).collect(Collectors.toSet())));
            page.addObject("categories", typed(query.get().categories()));
        }
        return page;
    }

    private static void show(ModelAndView page, UUID id, Results results, List<String> after, int asked) {
        var form = SearchForm.of(results.query());
        page.addObject("results", results);
        page.addObject("channels", channels(results, form));
        page.addObject("categories", categories(results, form));
        int number = after.isEmpty() ? 1 : Math.max(asked, after.size() + 1);
        var path = "/enquiries/search/" + id;
        page.addObject("pageNumber", number);
        page.addObject("first", path);
        // The marks of the pages far back are dropped; from there only the first page is a way back.
        if (after.size() > 1 || number == 2) {
            page.addObject("before", link(path, after.subList(0, after.size() - 1), number - 1));
        }
        var next = results.after();
        if (next != null) {
            var marks = Stream.concat(
                    after.stream().skip(Math.max(0, after.size() + 1 - PAGES_BACK_MAX)), Stream.of(next.toString()));
            page.addObject("after", link(path, marks.toList(), number + 1));
        }
    }

    /** Page marks are base64url and need no encoding. */
    private static String link(String path, List<String> after, int number) {
        return after.isEmpty() ? path : path + "?page=" + number + "&after=" + String.join("&after=", after);
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
        return options(Category.ofContacts().stream()
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

    /** What was ticked stays ticked where nothing is found yet; without results there is nothing to count. */
    private static List<Option> typed(Set<String> codes) {
        return Stream.concat(
                        Stream.of(Channel.values()).map(value -> new Option(value.code(), value.label(), 0, true)),
                        Category.ofContacts().stream().map(value -> new Option(value.code(), value.label(), 0, true)))
                .filter(option -> codes.contains(option.code()))
                .toList();
    }

    private static ModelAndView forgotten() {
        var page = page(SearchForm.of(Query.of("").leavingOutAutomatic(true)));
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
