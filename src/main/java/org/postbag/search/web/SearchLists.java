package org.postbag.search.web;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postbag.search.Query;
import org.postbag.search.RecentSearches;
import org.postbag.search.SavedSearches;
import org.postbag.search.SearchExport;
import org.postbag.staff.CurrentStaff;
import org.postbag.staff.StaffTexts;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.ModelAndView;

/** The searches that are there to be asked again, as pages show them. */
@Component
class SearchLists {

    private final SavedSearches saved;
    private final RecentSearches recent;
    private final FacetNames names;
    private final CurrentStaff staff;
    private final StaffTexts texts;

    SearchLists(SavedSearches saved, RecentSearches recent, FacetNames names, CurrentStaff staff, StaffTexts texts) {
        this.saved = saved;
        this.recent = recent;
        this.names = names;
        this.staff = staff;
        this.texts = texts;
    }

    /** @param owner who shares it; null for their own */
    record SavedLine(
            UUID id,
            String name,
            String words,
            boolean shared,
            @Nullable String owner,
            boolean mayChange) {}

    record RecentLine(UUID id, String words, Instant askedAt) {}

    void addTo(ModelAndView page) {
        var member = staff.member();
        page.addObject(
                "savedSearches",
                saved.of(member).stream()
                        .map(one -> new SavedLine(
                                one.id(),
                                one.name(),
                                words(one.query()),
                                one.shared(),
                                one.own()
                                        ? null
                                        : one.ownerName() == null ? texts.say("searches.left") : one.ownerName(),
                                SavedSearches.mayChange(one, member)))
                        .toList());
        page.addObject(
                "recentSearches",
                recent.of(member).stream()
                        .map(one -> new RecentLine(one.id(), words(one.query()), one.askedAt()))
                        .toList());
        page.addObject("mayExport", SearchExport.mayExport(member));
    }

    /** A question as a line: the words, then the filters. */
    String words(Query query) {
        var form = SearchForm.of(query);
        var parts = new ArrayList<String>();
        parts.add(form.q().isBlank() ? texts.say("search.all") : form.q());
        List<SearchForm.Chosen> chosen = form.chosen(names);
        if (!chosen.isEmpty()) {
            parts.add(chosen.stream().map(SearchForm.Chosen::label).collect(Collectors.joining(", ")));
        }
        return String.join(" · ", parts);
    }
}
