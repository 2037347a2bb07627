package org.postbag.enquiries.web;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postbag.audit.Action;
import org.postbag.audit.AuditEvent;
import org.postbag.audit.AuditTrail;
import org.postbag.audit.Subject;
import org.postbag.enquiries.Mends;
import org.postbag.enquiries.Quarantine;
import org.postbag.enquiries.Quarantine.Item;
import org.postbag.enquiries.QuarantineCounts;
import org.postbag.enquiries.QuarantineFinding;
import org.postbag.enquiries.QuarantineFinding.Filter;
import org.postbag.enquiries.QuarantineFinding.Place;
import org.postbag.enquiries.ReceiptState;
import org.postbag.receiving.HeldExports;
import org.postbag.receiving.ReceiptId;
import org.postbag.staff.AllowedTo;
import org.postbag.staff.CurrentStaff;
import org.postbag.staff.PageError;
import org.postbag.staff.Role;
import org.postbag.staff.StaffTexts;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** What could not be filed: found by channel, route, reason and day, and looked at. */
@Controller
@RequestMapping(QuarantinePage.PATH)
class QuarantinePage {

    static final String PATH = "/quarantine";
    static final String DISCARDED = PATH + "/discarded";
    /** The id of a receipt, so that the other pages here have names. */
    static final String ID = "/{id:[0-9a-f]{64}}";

    private static final int ITEMS_A_PAGE = 25;
    private static final int HISTORY_SHOWN_MAX = 50;

    private final Quarantine quarantine;
    private final QuarantineFinding finding;
    private final QuarantineCounts counts;
    private final Mends mends;
    private final ObjectProvider<HeldExports> exports;
    private final AuditTrail trail;
    private final CurrentStaff staff;
    private final StaffTexts texts;

    QuarantinePage(
            Quarantine quarantine,
            QuarantineFinding finding,
            QuarantineCounts counts,
            Mends mends,
            ObjectProvider<HeldExports> exports,
            AuditTrail trail,
            CurrentStaff staff,
            StaffTexts texts) {
        this.quarantine = quarantine;
        this.finding = finding;
        this.counts = counts;
        this.mends = mends;
        this.exports = exports;
        this.trail = trail;
        this.staff = staff;
        this.texts = texts;
    }

    /** @param after the place that the page begins behind; @param before the one that it ends at */
    @GetMapping
    @SeesQuarantine
    ModelAndView list(
            @RequestParam(defaultValue = "") String channel,
            @RequestParam(defaultValue = "") String route,
            @RequestParam(defaultValue = "") String reason,
            @RequestParam(defaultValue = "") String day,
            @RequestParam(defaultValue = "") String after,
            @RequestParam(defaultValue = "") String before,
            @RequestParam(defaultValue = "") String tick) {
        var page = list(new QuarantineFilter(channel, route, reason, day), false, after, before);
        page.addObject("ticked", tick.equals("all"));
        page.addObject(
                "held",
                exports.stream().map(HeldExports::held).flatMap(List::stream).toList());
        return page;
    }

    @GetMapping("/discarded")
    @SeesQuarantine
    ModelAndView discarded(
            @RequestParam(defaultValue = "") String channel,
            @RequestParam(defaultValue = "") String route,
            @RequestParam(defaultValue = "") String reason,
            @RequestParam(defaultValue = "") String day,
            @RequestParam(defaultValue = "") String after,
            @RequestParam(defaultValue = "") String before) {
        return list(new QuarantineFilter(channel, route, reason, day), true, after, before);
    }

    private ModelAndView list(QuarantineFilter chosen, boolean discarded, String after, String before) {
        var path = discarded ? DISCARDED : PATH;
        var groups = counts.groups(discarded, chosen.date());
        var filter = chosen.of(discarded);
        var items = items(filter, after, before);
        var page = new ModelAndView("enquiries/quarantine");
        page.addObject("discarded", discarded);
        page.addObject("filter", chosen);
        page.addObject("facets", chosen.facets(path, groups, texts));
        page.addObject("chips", chosen.chips(path, texts));
        page.addObject("items", items);
        page.addObject("found", chosen.count(groups));
        page.addObject("total", filter.day() == null ? sum(groups) : counts.count(Filter.all(discarded)));
        page.addObject("otherTotal", counts.count(Filter.all(!discarded)));
        page.addObject("self", chosen.path(path));
        addPaging(page, chosen, filter, path, items);
        page.addObject("discardedDays", Quarantine.DISCARDED_DAYS);
        page.addObject("mayChange", QuarantineRights.mayAct(staff.member()));
        page.addObject("seesContent", QuarantineRights.seesContent(staff.member()));
        if (!chosen.isSound()) {
            page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
            page.addObject("errors", List.of(new PageError("day", texts.say("quarantine.wrong-day"))));
        }
        return page;
    }

    private List<Item> items(Filter filter, String after, String before) {
        var end = QuarantineFilter.place(before);
        return end.isPresent()
                ? finding.before(filter, end.get(), ITEMS_A_PAGE)
                : finding.after(filter, QuarantineFilter.place(after).orElse(null), ITEMS_A_PAGE);
    }

    private void addPaging(ModelAndView page, QuarantineFilter chosen, Filter filter, String path, List<Item> items) {
        page.addObject(
                "before", items.isEmpty() ? null : beyond(chosen, filter, path, Place.of(items.getFirst()), true));
        page.addObject(
                "after", items.isEmpty() ? null : beyond(chosen, filter, path, Place.of(items.getLast()), false));
    }

    private @Nullable String beyond(QuarantineFilter chosen, Filter filter, String path, Place place, boolean before) {
        boolean more = !(before ? finding.before(filter, place, 1) : finding.after(filter, place, 1)).isEmpty();
        return more ? chosen.path(path, Map.of(before ? "before" : "after", QuarantineFilter.written(place))) : null;
    }

    private static long sum(List<QuarantineCounts.Group> groups) {
        return groups.stream().collect(Collectors.summingLong(QuarantineCounts.Group::count));
    }

    @GetMapping(ID)
    @SeesQuarantine
    ModelAndView item(@PathVariable ReceiptId id) {
        var item = quarantine.byId(id);
        if (item.isEmpty()) {
            return gone();
        }
        var member = staff.member();
        trail.record(new AuditEvent(member.actor(), Action.LOOKED, Subject.receipt(id.hex())));
        var page = new ModelAndView("enquiries/quarantined");
        page.addObject("item", item.get());
        page.addObject("discarded", item.get().state() == ReceiptState.DISCARDED);
        page.addObject("mend", mends.kept(id).orElse(null));
        page.addObject(
                "history",
                QuarantineRights.history(trail.history(Subject.receipt(id.hex()), HISTORY_SHOWN_MAX), member));
        page.addObject("mayChange", QuarantineRights.mayAct(member));
        page.addObject("seesContent", QuarantineRights.seesContent(member));
        return page;
    }

    @GetMapping(ID + "/raw")
    @AllowedTo({Role.OFFICER, Role.REVIEWER, Role.DATA_PROTECTION_OFFICER})
    ModelAndView raw(@PathVariable ReceiptId id) {
        try {
            var raw = quarantine.raw(id, staff.member().actor());
            if (raw.isEmpty()) {
                return gone();
            }
            var page = new ModelAndView("enquiries/raw");
            page.addObject("title", texts.say("quarantined.source", id.reference()));
            page.addObject("nav", "quarantine");
            page.addObject("back", PATH + "/" + id);
            page.addObject("raw", RawText.of(raw.get()));
            return page;
        } catch (IOException away) {
            return away(id);
        }
    }

    static ModelAndView away(ReceiptId id) {
        var page = new ModelAndView("enquiries/away");
        page.setStatus(HttpStatus.SERVICE_UNAVAILABLE);
        page.addObject("back", PATH + "/" + id);
        return page;
    }

    static ModelAndView gone() {
        var page = new ModelAndView("enquiries/not-quarantined");
        page.setStatus(HttpStatus.NOT_FOUND);
        return page;
    }
}
