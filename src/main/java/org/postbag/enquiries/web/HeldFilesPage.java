package org.postbag.enquiries.web;

import java.util.List;
import java.util.Optional;
import org.postbag.receiving.HeldExport;
import org.postbag.receiving.HeldExports;
import org.postbag.receiving.ReceivingUnavailable;
import org.postbag.staff.AllowedTo;
import org.postbag.staff.CurrentStaff;
import org.postbag.staff.Notice;
import org.postbag.staff.Reason;
import org.postbag.staff.Role;
import org.postbag.staff.StaffTexts;
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

/** Exports that are held whole: taken again, or deleted. */
@Controller
@RequestMapping(QuarantinePage.PATH + "/files/{id:[0-9]+}")
class HeldFilesPage {

    private static final String LIST = "redirect:" + QuarantinePage.PATH;

    private final ObjectProvider<HeldExports> exports;
    private final CurrentStaff staff;
    private final StaffTexts texts;

    HeldFilesPage(ObjectProvider<HeldExports> exports, CurrentStaff staff, StaffTexts texts) {
        this.exports = exports;
        this.staff = staff;
        this.texts = texts;
    }

    @PostMapping("/release")
    @ActsOnQuarantine
    String release(@PathVariable long id, RedirectAttributes redirect) {
        redirect.addFlashAttribute(Notice.ATTRIBUTE, release(id));
        return LIST;
    }

    private Notice release(long id) {
        try {
            return exports.stream()
                            .anyMatch(all -> all.release(id, staff.member().actor()))
                    ? new Notice(texts.say("held.released"))
                    : Notice.refusal(texts.say("held.gone"));
        } catch (ReceivingUnavailable away) {
            return Notice.refusal(texts.say("held.away"));
        }
    }

    @GetMapping("/discard")
    @AllowedTo({Role.OFFICER, Role.REVIEWER})
    ModelAndView discardForm(@PathVariable long id) {
        return page(id, "");
    }

    @PostMapping("/discard")
    @AllowedTo({Role.OFFICER, Role.REVIEWER})
    ModelAndView discard(
            @PathVariable long id, @RequestParam(defaultValue = "") String reason, RedirectAttributes redirect) {
        var why = Reason.read(reason, texts.say("discard.wrong"));
        if (why.wrong() != null) {
            var page = page(id, reason);
            page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
            page.addObject("errors", List.of(why.wrong()));
            return page;
        }
        redirect.addFlashAttribute(Notice.ATTRIBUTE, discard(id, why.text()));
        return new ModelAndView(LIST);
    }

    private Notice discard(long id, String reason) {
        try {
            return exports.stream()
                            .anyMatch(all -> all.discard(id, staff.member().actor(), reason))
                    ? new Notice(texts.say("held.deleted"))
                    : Notice.refusal(texts.say("held.gone"));
        } catch (ReceivingUnavailable away) {
            return Notice.refusal(texts.say("held.away"));
        }
    }

    private Optional<HeldExport> held(long id) {
        return exports.stream()
                .flatMap(all -> all.held().stream())
                .filter(one -> one.id() == id)
                .findFirst();
    }

    private ModelAndView page(long id, String typed) {
        var file = held(id);
        if (file.isEmpty()) {
            return QuarantinePage.gone();
        }
        var page = new ModelAndView("enquiries/held-discard");
        page.addObject("file", file.get());
        page.addObject("typed", typed);
        return page;
    }
}
