package org.postbag.enquiries.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postbag.audit.Action;
import org.postbag.audit.AuditEvent;
import org.postbag.audit.AuditTrail;
import org.postbag.audit.Subject;
import org.postbag.enquiries.Quarantine;
import org.postbag.enquiries.Quarantine.Item;
import org.postbag.enquiries.Quarantine.Replayed;
import org.postbag.enquiries.ReceiptState;
import org.postbag.enquiries.web.QuarantineReasons.Reason;
import org.postbag.receiving.HeldExports;
import org.postbag.receiving.ReceiptId;
import org.postbag.staff.AllowedTo;
import org.postbag.staff.CurrentStaff;
import org.postbag.staff.Notice;
import org.postbag.staff.PageError;
import org.postbag.staff.Role;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.util.UriUtils;

/** What could not be filed: look, replay, or discard with a reason. */
@Controller
@RequestMapping(QuarantinePage.PATH)
class QuarantinePage {

    static final String PATH = "/quarantine";
    private static final int ITEMS_A_PAGE = 25;
    private static final int PAGE_MAX = 10_000;
    private static final int HISTORY_SHOWN_MAX = 50;
    private static final String ID = "/{id}";

    private final Quarantine quarantine;
    private final QuarantineReasons reasons;
    private final ObjectProvider<HeldExports> exports;
    private final AuditTrail trail;
    private final CurrentStaff staff;

    QuarantinePage(
            Quarantine quarantine,
            QuarantineReasons reasons,
            ObjectProvider<HeldExports> exports,
            AuditTrail trail,
            CurrentStaff staff) {
        this.quarantine = quarantine;
        this.exports = exports;
        this.reasons = reasons;
        this.trail = trail;
        this.staff = staff;
    }

    @GetMapping
    @AllowedTo({Role.OFFICER, Role.REVIEWER, Role.DATA_PROTECTION_OFFICER})
    ModelAndView list(@RequestParam(defaultValue = "") String reason, @RequestParam(defaultValue = "1") int page) {
        return list("enquiries/quarantine", false, reason, page);
    }

    @GetMapping("/discarded")
    @AllowedTo({Role.OFFICER, Role.REVIEWER, Role.DATA_PROTECTION_OFFICER})
    ModelAndView discarded(@RequestParam(defaultValue = "") String reason, @RequestParam(defaultValue = "1") int page) {
        return list("enquiries/quarantine", true, reason, page);
    }

    private ModelAndView list(String view, boolean discarded, String code, int asked) {
        int number = Math.clamp(asked, 1, PAGE_MAX);
        int offset = (number - 1) * ITEMS_A_PAGE;
        var all = reasons.reasons(discarded);
        var chosen = all.stream().filter(one -> one.code().equals(code)).findFirst();
        var page = new ModelAndView(view);
        page.addObject("discarded", discarded);
        page.addObject("reasons", all);
        page.addObject("chosen", chosen.orElse(null));
        page.addObject("items", items(discarded, chosen, offset));
        page.addObject("total", all.stream().mapToLong(Reason::count).sum());
        page.addObject("otherTotal", quarantine.count(!discarded));
        page.addObject("pageNumber", number);
        long found = chosen.map(Reason::count).orElseGet(() -> quarantine.count(discarded));
        var path = discarded ? PATH + "/discarded" : PATH;
        page.addObject("before", number > 1 ? link(path, chosen, number - 1) : null);
        page.addObject("after", found > (long) offset + ITEMS_A_PAGE ? link(path, chosen, number + 1) : null);
        page.addObject("discardedDays", Quarantine.DISCARDED_DAYS);
        page.addObject(
                "held",
                discarded
                        ? List.of()
                        : exports.stream()
                                .map(HeldExports::held)
                                .flatMap(List::stream)
                                .toList());
        page.addObject("mayChange", mayChange());
        return page;
    }

    private boolean mayChange() {
        var member = staff.member();
        return member.has(Role.OFFICER) || member.has(Role.REVIEWER);
    }

    private static String link(String path, Optional<Reason> chosen, int number) {
        return path + "?page=" + number
                + chosen.map(reason -> "&reason=" + UriUtils.encode(reason.code(), StandardCharsets.UTF_8))
                        .orElse("");
    }

    private List<Item> items(boolean discarded, Optional<Reason> chosen, int offset) {
        return chosen.map(reason -> reasons.items(discarded, reason.code(), offset, ITEMS_A_PAGE))
                .orElseGet(() -> quarantine.list(discarded, offset, ITEMS_A_PAGE));
    }

    @GetMapping(ID)
    @AllowedTo({Role.OFFICER, Role.REVIEWER, Role.DATA_PROTECTION_OFFICER})
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
        page.addObject("history", trail.history(Subject.receipt(id.hex()), HISTORY_SHOWN_MAX));
        page.addObject("mayChange", mayChange());
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
            page.addObject("title", "Source of " + id.reference());
            page.addObject("nav", "quarantine");
            page.addObject("back", "/quarantine/" + id);
            page.addObject("raw", RawText.of(raw.get()));
            return page;
        } catch (IOException away) {
            var page = new ModelAndView("enquiries/away");
            page.setStatus(HttpStatus.SERVICE_UNAVAILABLE);
            page.addObject("back", "/quarantine/" + id);
            return page;
        }
    }

    @PostMapping(ID + "/replay")
    @AllowedTo({Role.OFFICER, Role.REVIEWER})
    String replay(@PathVariable ReceiptId id, RedirectAttributes redirect) {
        return switch (quarantine.replay(id, staff.member().actor())) {
            case Replayed.Filed filed -> {
                redirect.addFlashAttribute(Notice.ATTRIBUTE, new Notice("Filed: it is an enquiry now."));
                yield "redirect:/enquiries/" + filed.enquiryId();
            }
            case Replayed.QuarantinedAgain again -> {
                redirect.addFlashAttribute(
                        Notice.ATTRIBUTE, new Notice("Tried again, and it still can’t be filed: " + again.reason()));
                yield "redirect:/quarantine/" + id;
            }
            case Replayed.Waiting _ -> {
                redirect.addFlashAttribute(
                        Notice.ATTRIBUTE,
                        new Notice("It waits to be filed: a server is away, and it will be taken when that is back."));
                yield "redirect:/quarantine";
            }
            case Replayed.NotInQuarantine _ -> {
                redirect.addFlashAttribute(
                        Notice.ATTRIBUTE, new Notice("Nothing was done: the item is no longer in quarantine."));
                yield "redirect:/quarantine";
            }
        };
    }

    @GetMapping(ID + "/discard")
    @AllowedTo({Role.OFFICER, Role.REVIEWER})
    ModelAndView discardForm(@PathVariable ReceiptId id) {
        return discardPage(id, "");
    }

    @PostMapping(ID + "/discard")
    @AllowedTo({Role.OFFICER, Role.REVIEWER})
    ModelAndView discard(
            @PathVariable ReceiptId id, @RequestParam(defaultValue = "") String reason, RedirectAttributes redirect) {
        var typed = reason.strip();
        var wrong = wrongReason(typed);
        if (wrong != null) {
            var page = discardPage(id, reason);
            page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
            page.addObject("errors", List.of(wrong));
            return page;
        }
        boolean done = quarantine.discard(id, typed, staff.member().actor());
        redirect.addFlashAttribute(
                Notice.ATTRIBUTE,
                done
                        ? new Notice(
                                id.reference() + " discarded. It can be brought back for " + Quarantine.DISCARDED_DAYS
                                        + " days.",
                                "/quarantine/" + id + "/restore")
                        : new Notice("Nothing was done: the item is no longer in quarantine."));
        return new ModelAndView("redirect:/quarantine");
    }

    static @Nullable PageError wrongReason(String typed) {
        if (typed.isEmpty()) {
            return new PageError("reason", "Enter why it is discarded");
        }
        return typed.length() > Quarantine.REASON_LENGTH_MAX
                ? new PageError("reason", "The reason must be " + Quarantine.REASON_LENGTH_MAX + " characters or fewer")
                : null;
    }

    @PostMapping(ID + "/restore")
    @AllowedTo({Role.OFFICER, Role.REVIEWER})
    String restore(@PathVariable ReceiptId id, RedirectAttributes redirect) {
        boolean done = quarantine.restore(id, staff.member().actor());
        redirect.addFlashAttribute(
                Notice.ATTRIBUTE,
                new Notice(
                        done
                                ? "Back in quarantine."
                                : "It can’t be brought back: it is not discarded, or was erased."));
        return done ? "redirect:/quarantine/" + id : "redirect:/quarantine";
    }

    private ModelAndView discardPage(ReceiptId id, String typed) {
        var item = quarantine.byId(id).filter(one -> one.state() == ReceiptState.QUARANTINED);
        if (item.isEmpty()) {
            return gone();
        }
        var page = new ModelAndView("enquiries/discard");
        page.addObject("item", item.get());
        page.addObject("typed", typed);
        page.addObject("discardedDays", Quarantine.DISCARDED_DAYS);
        return page;
    }

    static ModelAndView gone() {
        var page = new ModelAndView("enquiries/not-quarantined");
        page.setStatus(HttpStatus.NOT_FOUND);
        return page;
    }
}
