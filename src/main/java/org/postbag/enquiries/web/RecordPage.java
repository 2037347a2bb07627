package org.postbag.enquiries.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.io.Serializable;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postbag.enquiries.Enquiries;
import org.postbag.enquiries.Enquiry;
import org.postbag.enquiries.web.RecordLookup.Found;
import org.postbag.receiving.Doors;
import org.postbag.receiving.FormTopics;
import org.postbag.receiving.HandNote;
import org.postbag.receiving.Receipt;
import org.postbag.receiving.ReceiptId;
import org.postbag.staff.AllowedTo;
import org.postbag.staff.CurrentStaff;
import org.postbag.staff.PageAccess;
import org.postbag.staff.PageError;
import org.postbag.staff.Role;
import org.postbag.staff.StaffTexts;
import org.postbag.staff.WithoutDatabase;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.SessionAttribute;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.view.RedirectView;

/**
 * Record a call: what came by telephone, over the desk or on paper, noted by who took it. Only what was asked is required. Saving goes through a route like
 * all that comes in, so it works while the database is away; whatever goes wrong, what was typed stays on the page.
 */
@Controller
@RequestMapping("/by-hand")
@AllowedTo({Role.CALL_HANDLER, Role.OFFICER, Role.REVIEWER})
class RecordPage {

    private static final String DOOR = "by-hand";
    private static final String SAVED = "recorded-by-hand";
    private static final String PAGE = "enquiries/record";

    private final Doors doors;
    private final RecordLookup lookup;
    private final Enquiries enquiries;
    private final FormTopics topics;
    private final PageAccess access;
    private final CurrentStaff staff;
    private final StaffTexts texts;
    private final Clock clock;

    RecordPage(
            Doors doors,
            RecordLookup lookup,
            Enquiries enquiries,
            FormTopics topics,
            PageAccess access,
            CurrentStaff staff,
            StaffTexts texts,
            Clock clock) {
        this.doors = doors;
        this.lookup = lookup;
        this.enquiries = enquiries;
        this.topics = topics;
        this.access = access;
        this.staff = staff;
        this.texts = texts;
        this.clock = clock;
    }

    /** What was saved last in this session. */
    record Saved(String receiptId, String reference, String key, String kind, boolean closed, Instant at)
            implements Serializable {}

    @GetMapping
    @WithoutDatabase
    ModelAndView blank() {
        return page(RecordForm.blank(clock), List.of(), Found.NOTHING_ASKED).addObject("blank", true);
    }

    /** @param find there where the look-up was asked for, by who runs no scripts */
    @PostMapping
    @WithoutDatabase
    ModelAndView save(
            @RequestParam Map<String, String> fields,
            @RequestParam(required = false) @Nullable String find,
            HttpServletRequest request) {
        var form = RecordForm.of(fields);
        if (find != null) {
            return page(form, List.of(), found(form, request)).addObject("lookedUp", true);
        }
        var now = clock.instant();
        var errors = form.errors(now, texts);
        if (!errors.isEmpty()) {
            return status(page(form, errors, found(form, request)), HttpStatus.UNPROCESSABLE_CONTENT);
        }
        var note = form.note(now, staff.member().actor());
        return doors.handIn(DOOR, note)
                .map(receipt -> saved(receipt, note, request.getSession()))
                .orElseGet(() -> status(
                        page(form, List.of(), found(form, request)).addObject("notNow", true),
                        HttpStatus.SERVICE_UNAVAILABLE));
    }

    private ModelAndView saved(Receipt receipt, HandNote note, HttpSession session) {
        session.setAttribute(
                SAVED,
                new Saved(
                        receipt.id().hex(),
                        receipt.reference().value(),
                        note.key(),
                        texts.say("record.kind." + note.kind().code()),
                        note.closed(),
                        receipt.receivedAt()));
        return seeOther("/by-hand/saved");
    }

    /** The look-up alone, asked for while someone types. */
    @PostMapping("/find")
    @WithoutDatabase
    ModelAndView find(@RequestParam Map<String, String> fields, HttpServletRequest request) {
        var form = RecordForm.of(fields);
        return new ModelAndView("enquiries/record-found", Map.of("form", form, "found", found(form, request)));
    }

    private Found found(RecordForm form, HttpServletRequest request) {
        if (request.getAttribute(WithoutDatabase.AWAY) != null) {
            return Found.AWAY;
        }
        try {
            return lookup.find(form, staff.member());
        } catch (DataAccessException away) {
            request.setAttribute(WithoutDatabase.AWAY, true);
            return Found.AWAY;
        }
    }

    /** That it is saved, and, once it is filed, the way to the enquiry. */
    @GetMapping("/saved")
    @WithoutDatabase
    ModelAndView saved(
            @SessionAttribute(name = SAVED, required = false) @Nullable Saved saved,
            @RequestAttribute(name = WithoutDatabase.AWAY, required = false) @Nullable Boolean away) {
        if (saved == null) {
            return seeOther("/by-hand");
        }
        var page = new ModelAndView("enquiries/recorded");
        page.addObject("saved", saved);
        page.addObject("mayRead", access.mayOpen("/enquiries", staff.member()));
        try {
            page.addObject("enquiryId", away == null ? filed(saved) : null);
            page.addObject("away", away != null);
        } catch (DataAccessException notNow) {
            page.addObject("away", true);
        }
        return page;
    }

    private @Nullable Long filed(Saved saved) {
        var id = new ReceiptId(saved.receiptId());
        return enquiries.byReference(id.reference()).stream()
                .filter(enquiry -> enquiry.receiptId().equals(id))
                .findFirst()
                .map(Enquiry::id)
                .orElse(null);
    }

    private ModelAndView page(RecordForm form, List<PageError> errors, Found found) {
        var page = new ModelAndView(PAGE);
        page.addObject("form", form);
        page.addObject("errors", errors);
        page.addObject("found", found);
        page.addObject("kinds", HandNote.Kind.values());
        page.addObject("topics", topics.now().names());
        return page;
    }

    private static ModelAndView status(ModelAndView page, HttpStatus status) {
        page.setStatus(status);
        return page;
    }

    private static ModelAndView seeOther(String path) {
        var redirect = new RedirectView(path, true);
        redirect.setStatusCode(HttpStatus.SEE_OTHER);
        return new ModelAndView(redirect);
    }
}
