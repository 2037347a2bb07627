package org.postbag.enquiries.web;

import java.util.ArrayList;
import java.util.List;
import org.postbag.audit.Action;
import org.postbag.audit.AuditEvent;
import org.postbag.audit.AuditTrail;
import org.postbag.audit.Subject;
import org.postbag.enquiries.DryRun;
import org.postbag.enquiries.Mends;
import org.postbag.enquiries.Mends.Saved;
import org.postbag.enquiries.Quarantine;
import org.postbag.enquiries.Quarantine.Item;
import org.postbag.enquiries.ReceiptState;
import org.postbag.receiving.ReceiptId;
import org.postbag.staff.AllowedTo;
import org.postbag.staff.CurrentStaff;
import org.postbag.staff.Notice;
import org.postbag.staff.PageError;
import org.postbag.staff.Role;
import org.postbag.staff.StaffTexts;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Sets right what an item says wrongly or not at all, and shows the enquiry that it would make. The bytes of the item are never changed. */
@Controller
@RequestMapping(QuarantinePage.PATH + QuarantinePage.ID)
class MendPage {

    private final Quarantine quarantine;
    private final Mends mends;
    private final DryRun dryRun;
    private final MendForm.Reading reading;
    private final AuditTrail trail;
    private final CurrentStaff staff;
    private final StaffTexts texts;

    MendPage(
            Quarantine quarantine,
            Mends mends,
            DryRun dryRun,
            MendForm.Reading reading,
            AuditTrail trail,
            CurrentStaff staff,
            StaffTexts texts) {
        this.quarantine = quarantine;
        this.mends = mends;
        this.dryRun = dryRun;
        this.reading = reading;
        this.trail = trail;
        this.staff = staff;
        this.texts = texts;
    }

    @GetMapping("/mend")
    @ActsOnQuarantine
    ModelAndView form(@PathVariable ReceiptId id) {
        var item = waiting(id);
        if (item.isEmpty()) {
            return QuarantinePage.gone();
        }
        var kept = mends.kept(id);
        return page(item.getFirst(), MendForm.of(kept.orElse(null), seesContent()), List.of());
    }

    @PostMapping("/mend")
    @ActsOnQuarantine
    ModelAndView save(@PathVariable ReceiptId id, @ModelAttribute MendForm typed, RedirectAttributes redirect) {
        var item = waiting(id);
        if (item.isEmpty()) {
            return QuarantinePage.gone();
        }
        var errors = new ArrayList<PageError>();
        var before = mends.kept(id).orElse(null);
        var mend = reading.read(typed, item.getFirst(), before, seesContent(), errors);
        if (!errors.isEmpty()) {
            return page(item.getFirst(), typed, errors);
        }
        return switch (mends.save(id, mend, typed.version(), staff.member().actor())) {
            case Saved.Done _ -> {
                redirect.addFlashAttribute(
                        Notice.ATTRIBUTE, new Notice(texts.say(mend.isNone() ? "mend.saved.none" : "mend.saved")));
                yield new ModelAndView("redirect:" + QuarantinePage.PATH + "/" + id);
            }
            case Saved.ChangedMeanwhile meanwhile -> {
                var page = page(
                        item.getFirst(),
                        typed.at(meanwhile.now() == null ? 0 : meanwhile.now().version()),
                        List.of(new PageError("charset", texts.say("mend.changed-meanwhile"))));
                page.setStatus(HttpStatus.CONFLICT);
                page.addObject("theirs", meanwhile.now() == null ? null : MendForm.of(meanwhile.now(), seesContent()));
                yield page;
            }
            case Saved.NotInQuarantine _ -> QuarantinePage.gone();
        };
    }

    /** The enquiry that it would make now. It shows what the item says, so the look is recorded. */
    @GetMapping("/preview")
    @AllowedTo({Role.OFFICER, Role.REVIEWER, Role.DATA_PROTECTION_OFFICER})
    ModelAndView preview(@PathVariable ReceiptId id) {
        var item = waiting(id);
        if (item.isEmpty()) {
            return QuarantinePage.gone();
        }
        trail.record(new AuditEvent(
                staff.member().actor(), Action.LOOKED, Subject.receipt(id.hex()), "The enquiry that it would make"));
        var page = new ModelAndView("enquiries/would-be");
        page.addObject("item", item.getFirst());
        page.addObject("would", dryRun.of(id));
        page.addObject("mayChange", QuarantineRights.mayAct(staff.member()));
        return page;
    }

    private ModelAndView page(Item item, MendForm typed, List<PageError> errors) {
        var page = new ModelAndView("enquiries/mend");
        if (!errors.isEmpty()) {
            page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
        }
        page.addObject("item", item);
        page.addObject("typed", typed);
        page.addObject("errors", errors);
        page.addObject("charsets", MendForm.CHARSETS);
        page.addObject("seesContent", seesContent());
        page.addObject("isMail", MendForm.isMail(item));
        page.addObject("isRow", MendForm.isRow(item));
        return page;
    }

    private boolean seesContent() {
        return QuarantineRights.seesContent(staff.member());
    }

    private List<Item> waiting(ReceiptId id) {
        return quarantine.byId(id).filter(item -> item.state() == ReceiptState.QUARANTINED).stream()
                .toList();
    }
}
