package org.postbag.search.web;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postbag.search.Query;
import org.postbag.search.RecentSearches;
import org.postbag.search.SavedSearches;
import org.postbag.search.Search;
import org.postbag.staff.AllowedTo;
import org.postbag.staff.CurrentStaff;
import org.postbag.staff.Notice;
import org.postbag.staff.PageError;
import org.postbag.staff.Role;
import org.postbag.staff.StaffTexts;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Keeping a search by a name, and what is kept: asked anew, renamed, shared, deleted and brought back. */
@Controller
@AllowedTo({Role.READER, Role.OFFICER, Role.REVIEWER, Role.DATA_PROTECTION_OFFICER})
class SavedSearchesPage {

    static final String PATH = "/enquiries/saved";

    private final SavedSearches saved;
    private final RecentSearches recent;
    private final Search search;
    private final SearchLists lists;
    private final CurrentStaff staff;
    private final StaffTexts texts;

    SavedSearchesPage(
            SavedSearches saved,
            RecentSearches recent,
            Search search,
            SearchLists lists,
            CurrentStaff staff,
            StaffTexts texts) {
        this.saved = saved;
        this.recent = recent;
        this.search = search;
        this.lists = lists;
        this.staff = staff;
        this.texts = texts;
    }

    @GetMapping(PATH)
    ModelAndView list() {
        var page = new ModelAndView("search/searches");
        lists.addTo(page);
        return page;
    }

    @GetMapping("/enquiries/search/{id}/save")
    ModelAndView naming(@PathVariable UUID id) {
        return search.asked(id, staff.member())
                .map(query -> form("/enquiries/search/" + id, "save", query, "", false, null))
                .orElseGet(SavedSearchesPage::gone);
    }

    @PostMapping("/enquiries/search/{id}/save")
    ModelAndView save(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "false") boolean shared,
            RedirectAttributes redirect) {
        var member = staff.member();
        var query = search.asked(id, member);
        if (query.isEmpty()) {
            return gone();
        }
        var named = SavedSearches.name(name);
        if (named.isEmpty()) {
            return form("/enquiries/search/" + id, "save", query.get(), name, shared, wrongName());
        }
        if (saved.save(query.get(), named.get(), shared, member).isEmpty()) {
            var full = texts.say("save.full", SavedSearches.OWN_MAX);
            return form("/enquiries/search/" + id, "save", query.get(), name, shared, full);
        }
        redirect.addFlashAttribute(Notice.ATTRIBUTE, new Notice(texts.say(shared ? "save.done.shared" : "save.done")));
        return new ModelAndView("redirect:/enquiries/search/" + id);
    }

    /** Asks it anew. */
    @GetMapping(PATH + "/{id}")
    ModelAndView open(@PathVariable UUID id) {
        return saved.open(id, staff.member())
                .map(asked -> new ModelAndView("redirect:/enquiries/search/" + asked))
                .orElseGet(SavedSearchesPage::gone);
    }

    @GetMapping(PATH + "/{id}/change")
    ModelAndView changing(@PathVariable UUID id) {
        return saved.byId(id, staff.member())
                .filter(one -> SavedSearches.mayChange(one, staff.member()))
                .map(one -> form(PATH + "/" + id, "change", one.query(), one.name(), one.shared(), null))
                .orElseGet(SavedSearchesPage::gone);
    }

    @PostMapping(PATH + "/{id}/change")
    ModelAndView change(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "false") boolean shared,
            RedirectAttributes redirect) {
        var member = staff.member();
        var named = SavedSearches.name(name);
        if (named.isEmpty()) {
            return saved.byId(id, member)
                    .map(one -> form(PATH + "/" + id, "change", one.query(), name, shared, wrongName()))
                    .orElseGet(SavedSearchesPage::gone);
        }
        if (!saved.change(id, named.get(), shared, member)) {
            return gone();
        }
        redirect.addFlashAttribute(Notice.ATTRIBUTE, new Notice(texts.say("searches.changed")));
        return new ModelAndView("redirect:" + PATH);
    }

    @PostMapping(PATH + "/{id}/delete")
    String delete(@PathVariable UUID id, RedirectAttributes redirect) {
        boolean done = saved.delete(id, staff.member());
        redirect.addFlashAttribute(
                Notice.ATTRIBUTE,
                done
                        ? new Notice(texts.say("searches.deleted"), PATH + "/" + id + "/restore")
                        : Notice.refusal(texts.say("searches.not-deleted")));
        return "redirect:" + PATH;
    }

    @PostMapping(PATH + "/{id}/restore")
    String restore(@PathVariable UUID id, RedirectAttributes redirect) {
        boolean done = saved.restore(id, staff.member());
        redirect.addFlashAttribute(
                Notice.ATTRIBUTE,
                done ? new Notice(texts.say("searches.back-again")) : Notice.refusal(texts.say("searches.not-back")));
        return "redirect:" + PATH;
    }

    @PostMapping("/enquiries/recent/forget")
    String forget(RedirectAttributes redirect) {
        recent.forget(staff.member());
        redirect.addFlashAttribute(Notice.ATTRIBUTE, new Notice(texts.say("searches.forgotten")));
        return "redirect:" + PATH;
    }

    /** @param path what is saved or changed, and where the way back leads */
    private ModelAndView form(
            String path, String act, Query query, String name, boolean shared, @Nullable String wrong) {
        var page = new ModelAndView("search/save");
        page.addObject("path", path);
        page.addObject("act", act);
        page.addObject("back", act.equals("save") ? path : PATH);
        page.addObject("words", lists.words(query));
        page.addObject("name", name);
        page.addObject("shared", shared);
        page.addObject("mayShare", SavedSearches.mayShare(staff.member()));
        page.addObject("nameLengthMax", SavedSearches.NAME_LENGTH_MAX);
        if (wrong != null) {
            page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
            page.addObject("errors", List.of(new PageError("name", wrong)));
        }
        return page;
    }

    private String wrongName() {
        return texts.say("save.name.wrong", SavedSearches.NAME_LENGTH_MAX);
    }

    private static ModelAndView gone() {
        var page = new ModelAndView("search/gone");
        page.setStatus(HttpStatus.NOT_FOUND);
        return page;
    }
}
