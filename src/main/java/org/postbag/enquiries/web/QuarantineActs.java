package org.postbag.enquiries.web;

import java.util.List;
import org.postbag.enquiries.Quarantine;
import org.postbag.enquiries.Quarantine.Replayed;
import org.postbag.enquiries.ReceiptState;
import org.postbag.receiving.ReceiptId;
import org.postbag.staff.CurrentStaff;
import org.postbag.staff.Notice;
import org.postbag.staff.Reason;
import org.postbag.staff.StaffTexts;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Replays one item of quarantine, discards it with a reason, or brings it back. */
@Controller
@RequestMapping(QuarantinePage.PATH + QuarantinePage.ID)
@ActsOnQuarantine
class QuarantineActs {

    private static final String LIST = "redirect:" + QuarantinePage.PATH;

    private final Quarantine quarantine;
    private final CurrentStaff staff;
    private final StaffTexts texts;

    QuarantineActs(Quarantine quarantine, CurrentStaff staff, StaffTexts texts) {
        this.quarantine = quarantine;
        this.staff = staff;
        this.texts = texts;
    }

    @PostMapping("/replay")
    String replay(@PathVariable ReceiptId id, RedirectAttributes redirect) {
        var item = LIST + "/" + id;
        return switch (quarantine.replay(id, staff.member().actor())) {
            case Replayed.Filed filed ->
                QuarantineRights.seesContent(staff.member())
                        ? said(
                                "redirect:/enquiries/" + filed.enquiryId(),
                                redirect,
                                new Notice(texts.say("quarantined.filed")))
                        : said(LIST, redirect, new Notice(texts.say("quarantined.filed.which", id.reference())));
            case Replayed.QuarantinedAgain again ->
                said(item, redirect, Notice.refusal(texts.say("quarantined.again", again.reason())));
            case Replayed.Waiting _ -> said(LIST, redirect, new Notice(texts.say("quarantined.waits")));
            case Replayed.Refused refused -> said(item, redirect, Notice.refusal(refused.reason()));
            case Replayed.NotInQuarantine _ -> said(LIST, redirect, Notice.refusal(texts.say("quarantined.gone")));
        };
    }

    private static String said(String where, RedirectAttributes redirect, Notice notice) {
        redirect.addFlashAttribute(Notice.ATTRIBUTE, notice);
        return where;
    }

    @GetMapping("/discard")
    ModelAndView discardForm(@PathVariable ReceiptId id) {
        return discardPage(id, "");
    }

    @PostMapping("/discard")
    ModelAndView discard(
            @PathVariable ReceiptId id, @RequestParam(defaultValue = "") String reason, RedirectAttributes redirect) {
        var why = Reason.read(reason, texts.say("discard.wrong"));
        if (why.wrong() != null) {
            var page = discardPage(id, reason);
            page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
            page.addObject("errors", List.of(why.wrong()));
            return page;
        }
        boolean done = quarantine.discard(id, why.text(), staff.member().actor());
        redirect.addFlashAttribute(
                Notice.ATTRIBUTE,
                done
                        ? new Notice(
                                texts.say("quarantined.discarded", id.reference(), Quarantine.DISCARDED_DAYS),
                                QuarantinePage.PATH + "/" + id + "/restore")
                        : Notice.refusal(texts.say("quarantined.gone")));
        return new ModelAndView(LIST);
    }

    @PostMapping("/restore")
    String restore(@PathVariable ReceiptId id, RedirectAttributes redirect) {
        boolean done = quarantine.restore(id, staff.member().actor());
        return said(
                done ? LIST + "/" + id : LIST,
                redirect,
                done
                        ? new Notice(texts.say("quarantined.restored"))
                        : Notice.refusal(texts.say("quarantined.not-restored")));
    }

    private ModelAndView discardPage(ReceiptId id, String typed) {
        var item = quarantine.byId(id).filter(one -> one.state() == ReceiptState.QUARANTINED);
        if (item.isEmpty()) {
            return QuarantinePage.gone();
        }
        var page = new ModelAndView("enquiries/discard");
        page.addObject("item", item.get());
        page.addObject("typed", typed);
        page.addObject("discardedDays", Quarantine.DISCARDED_DAYS);
        return page;
    }
}
