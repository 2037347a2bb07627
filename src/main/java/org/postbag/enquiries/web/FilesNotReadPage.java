package org.postbag.enquiries.web;

import java.util.List;
import java.util.Optional;
import org.postbag.audit.Action;
import org.postbag.audit.AuditEvent;
import org.postbag.audit.AuditTrail;
import org.postbag.audit.Subject;
import org.postbag.enquiries.FilesNotRead;
import org.postbag.enquiries.FilesNotRead.Count;
import org.postbag.enquiries.FilesNotRead.NotRead;
import org.postbag.enquiries.Sight;
import org.postbag.extracting.FileText.Reason;
import org.postbag.staff.AllowedTo;
import org.postbag.staff.CurrentStaff;
import org.postbag.staff.Notice;
import org.postbag.staff.Role;
import org.postbag.staff.StaffTexts;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Lists the files that could not be read, and has one read again. A file's name is personal data, so that the look is recorded for each enquiry. */
@Controller
@RequestMapping(FilesNotReadPage.PATH)
class FilesNotReadPage {

    static final String PATH = "/enquiries/files-not-read";

    private static final int FILES_A_PAGE = 25;
    private static final int PAGE_MAX = 10_000;

    private final FilesNotRead files;
    private final Sight sight;
    private final AuditTrail trail;
    private final CurrentStaff staff;
    private final StaffTexts texts;

    FilesNotReadPage(FilesNotRead files, Sight sight, AuditTrail trail, CurrentStaff staff, StaffTexts texts) {
        this.files = files;
        this.sight = sight;
        this.trail = trail;
        this.staff = staff;
        this.texts = texts;
    }

    @GetMapping
    @AllowedTo({Role.READER, Role.OFFICER, Role.REVIEWER, Role.DATA_PROTECTION_OFFICER})
    ModelAndView list(
            @RequestParam(defaultValue = "") String reason,
            @RequestParam(name = "page", defaultValue = "1") int asked) {
        int number = Math.clamp(asked, 1, PAGE_MAX);
        int offset = (number - 1) * FILES_A_PAGE;
        var counts = files.counts();
        var chosen = Reason.of(reason);
        var shown = files.list(chosen.orElse(null), offset, FILES_A_PAGE);
        recordLook(shown);
        long total = counts.stream().mapToLong(Count::count).sum();
        long found = chosen.map(one -> count(counts, one)).orElse(total);
        var member = staff.member();
        var hidden = sight.hidden(shown.stream().map(NotRead::enquiryId).toList(), member);
        var page = new ModelAndView("enquiries/files-not-read");
        page.addObject("counts", counts);
        page.addObject("chosen", chosen.orElse(null));
        page.addObject(
                "files",
                shown.stream()
                        .map(file -> named(file, hidden.contains(file.enquiryId())))
                        .toList());
        page.addObject("total", total);
        page.addObject("found", found);
        page.addObject("pageNumber", number);
        page.addObject("before", number > 1 ? link(chosen, number - 1) : null);
        page.addObject("after", found > (long) offset + FILES_A_PAGE ? link(chosen, number + 1) : null);
        page.addObject("mayChange", member.has(Role.OFFICER) || member.has(Role.REVIEWER));
        return page;
    }

    @PostMapping("/{enquiryId:[0-9]+}/{position:[0-9]+}/again")
    @AllowedTo({Role.OFFICER, Role.REVIEWER})
    String again(@PathVariable long enquiryId, @PathVariable int position, RedirectAttributes redirect) {
        boolean done = files.tryAgain(enquiryId, position, staff.member().actor());
        redirect.addFlashAttribute(
                Notice.ATTRIBUTE,
                new Notice(texts.say(done ? "files-not-read.again.begun" : "files-not-read.again.nothing")));
        return "redirect:" + PATH;
    }

    private void recordLook(List<NotRead> shown) {
        var actor = staff.member().actor();
        trail.record(shown.stream()
                .map(NotRead::enquiryId)
                .distinct()
                .map(id -> new AuditEvent(actor, Action.LOOKED, Subject.enquiry(id), "names of files not read"))
                .toList());
    }

    private static long count(List<Count> counts, Reason reason) {
        return counts.stream()
                .filter(one -> one.reason() == reason)
                .mapToLong(Count::count)
                .sum();
    }

    private NotRead named(NotRead file, boolean hidden) {
        return new NotRead(
                file.enquiryId(),
                file.reference(),
                file.receivedAt(),
                file.position(),
                hidden ? texts.say("files-not-read.sensitive") : DownloadName.clean(file.name()),
                file.size(),
                file.reason());
    }

    private static String link(Optional<Reason> chosen, int number) {
        return PATH + "?page=" + number
                + chosen.map(reason -> "&reason=" + reason.code()).orElse("");
    }
}
