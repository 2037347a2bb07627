package org.postbag.search.web;

import jakarta.servlet.http.HttpSession;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postbag.search.After;
import org.postbag.search.Facet;
import org.postbag.search.IndexWatch;
import org.postbag.search.Query;
import org.postbag.search.Results;
import org.postbag.search.Search;
import org.postbag.search.SearchUnavailable;
import org.postbag.staff.AllowedTo;
import org.postbag.staff.CurrentStaff;
import org.postbag.staff.PageError;
import org.postbag.staff.Role;
import org.postbag.staff.StaffTexts;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
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
    private final FacetNames names;
    private final FacetGroups groups;
    private final SearchLists lists;
    private final IndexWatch watch;
    private final StaffTexts texts;

    SearchPage(
            Search search,
            CurrentStaff staff,
            FacetNames names,
            FacetGroups groups,
            SearchLists lists,
            IndexWatch watch,
            StaffTexts texts) {
        this.search = search;
        this.staff = staff;
        this.names = names;
        this.groups = groups;
        this.lists = lists;
        this.watch = watch;
        this.texts = texts;
    }

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
        return found(id, List.of(), "1", view, session);
    }

    @PostMapping("/enquiries/search")
    ModelAndView ask(
            @RequestParam(defaultValue = "") String q,
            @RequestParam MultiValueMap<String, String> typed,
            @RequestParam(defaultValue = "") String since,
            @RequestParam(defaultValue = "") String until,
            @RequestParam(defaultValue = "") String order,
            @RequestParam(required = false) @Nullable String sort,
            @RequestParam(defaultValue = "") String programs,
            @RequestParam(required = false) @Nullable String remove) {
        var form = new SearchForm(
                        q, filters(typed), since, until, sort == null ? order : sort, SearchForm.programs(programs, q))
                .without(remove);
        var errors = form.errors(texts);
        if (!errors.isEmpty()) {
            return wrong(form, errors);
        }
        return new ModelAndView("redirect:/enquiries/search/" + search.ask(form.query(), staff.member()));
    }

    /** Those of the parameters that are named after facets. */
    private static Map<Facet, Set<String>> filters(MultiValueMap<String, String> typed) {
        var filters = new EnumMap<Facet, Set<String>>(Facet.class);
        for (var facet : Facet.values()) {
            var values = typed.getOrDefault(facet.code(), List.of()).stream()
                    .filter(value -> !value.isEmpty())
                    .limit(Query.VALUES_MAX)
                    .collect(Collectors.toSet());
            if (!values.isEmpty() && FacetGroups.FILTERS.contains(facet)) {
                filters.put(facet, values);
            }
        }
        return filters;
    }

    /**
     * @param after where the pages up to this one began, the last being this one's: so that there is a way back as well as on
     * @param number the number of the page, for people
     * @param view {@code table} or {@code cards}: remembered for as long as the person is signed in
     */
    @GetMapping("/enquiries/search/{id}")
    ModelAndView found(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") List<String> after,
            @RequestParam(name = "page", defaultValue = "1") String number,
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
            show(page, id, results.get(), from == null ? List.of() : marks(after), number(number));
        } catch (SearchUnavailable away) {
            page.setStatus(HttpStatus.SERVICE_UNAVAILABLE);
            page.addObject("away", away.trouble());
            page.addObject("filters", groups.of(Map.of(), query.get().filters()));
        }
        return page;
    }

    /** Those that are ours: an address may be typed by hand. */
    private static List<String> marks(List<String> after) {
        return after.stream().filter(mark -> After.parse(mark).isPresent()).toList();
    }

    private static int number(String typed) {
        try {
            return Math.clamp(Long.parseLong(typed), 1, PAGE_MAX);
        } catch (NumberFormatException notOne) {
            return 1;
        }
    }

    private void show(ModelAndView page, UUID id, Results results, List<String> after, int asked) {
        page.addObject("results", results);
        page.addObject("late", results.complete() ? watch.trouble().orElse(null) : null);
        page.addObject("filters", groups.of(results.facets(), results.query().filters()));
        page.addObject("automatic", automatic(results));
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

    /** How many of what is found programs sent, where they could be left out. */
    private static long automatic(Results results) {
        var query = results.query();
        boolean asked = !query.filters().getOrDefault(Facet.AUTOMATIC, Set.of()).isEmpty();
        return query.words().isBlank() || asked
                ? 0
                : results.facets().getOrDefault(Facet.AUTOMATIC, Map.of()).getOrDefault(Facet.YES, 0L);
    }

    /** Page marks are base64url and need no encoding. */
    private static String link(String path, List<String> after, int number) {
        return after.isEmpty() ? path : path + "?page=" + number + "&after=" + String.join("&after=", after);
    }

    private ModelAndView wrong(SearchForm form, List<PageError> errors) {
        var page = page(form);
        page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
        page.addObject("errors", errors);
        page.addObject("filters", groups.of(Map.of(), form.filters()));
        return page;
    }

    private ModelAndView forgotten() {
        var page = page(SearchForm.of(Query.of("").leavingOutAutomatic(true)));
        page.setStatus(HttpStatus.NOT_FOUND);
        page.addObject("forgotten", true);
        return page;
    }

    private ModelAndView page(SearchForm form) {
        var page = new ModelAndView("search/enquiries");
        page.addObject("form", form);
        page.addObject("chosen", form.chosen(names));
        lists.addTo(page);
        return page;
    }
}
