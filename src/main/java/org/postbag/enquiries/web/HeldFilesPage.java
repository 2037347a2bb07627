package org.postbag.enquiries.web;

import java.util.List;
import java.util.Optional;
import org.postbag.receiving.HeldExport;
import org.postbag.receiving.HeldExports;
import org.postbag.receiving.ReceivingUnavailable;
import org.postbag.staff.AllowedTo;
import org.postbag.staff.CurrentStaff;
import org.postbag.staff.Notice;
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

/** Exports that are held whole: taken again, or deleted. */
@Controller
@RequestMapping(QuarantinePage.PATH + "/files/{id:[0-9]+}")
class HeldFilesPage {

    private static final String LIST = "redirect:" + QuarantinePage.PATH;
    private static final String AWAY = "Nothing was done: its folder or its store is away. The file is still held.";

    private final ObjectProvider<HeldExports> exports;
    private final CurrentStaff staff;

    HeldFilesPage(ObjectProvider<HeldExports> exports, CurrentStaff staff) {
        this.exports = exports;
        this.staff = staff;
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
                    ? new Notice("Put back into its folder: it is taken within seconds, or held again.")
                    : Notice.refusal("Nothing was done: the file is no longer held.");
        } catch (ReceivingUnavailable away) {
            return Notice.refusal(AWAY);
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
        var wrong = QuarantinePage.wrongReason(reason.strip());
        if (wrong != null) {
            var page = page(id, reason);
            page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
            page.addObject("errors", List.of(wrong));
            return page;
        }
        redirect.addFlashAttribute(Notice.ATTRIBUTE, discard(id, reason.strip()));
        return new ModelAndView(LIST);
    }

    private Notice discard(long id, String reason) {
        try {
            return exports.stream()
                            .anyMatch(all -> all.discard(id, staff.member().actor(), reason))
                    ? new Notice("Deleted.")
                    : Notice.refusal("Nothing was done: the file is no longer held.");
        } catch (ReceivingUnavailable away) {
            return Notice.refusal(AWAY);
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
