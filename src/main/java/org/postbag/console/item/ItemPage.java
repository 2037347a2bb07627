package org.postbag.console.item;

import java.util.List;
import org.postbag.audit.Action;
import org.postbag.audit.AuditEvent;
import org.postbag.audit.AuditTrail;
import org.postbag.audit.Subject;
import org.postbag.enquiries.ItemWays;
import org.postbag.receiving.ReceiptId;
import org.postbag.staff.CurrentStaff;
import org.postbag.staff.PageAccess;
import org.postbag.staff.PageError;
import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** The way of one item. What it is looked for by is sent by POST and stands in no address: an id of a source may be personal. */
@Controller
@Profile("!command")
@SeesItems
class ItemPage {

    static final String PATH = "/routes/item";

    private final ItemWays ways;
    private final AuditTrail trail;
    private final PageAccess access;
    private final CurrentStaff staff;

    ItemPage(ItemWays ways, AuditTrail trail, PageAccess access, CurrentStaff staff) {
        this.ways = ways;
        this.trail = trail;
        this.access = access;
        this.staff = staff;
    }

    @GetMapping(PATH)
    ModelAndView form() {
        return form("", List.of(), List.of());
    }

    @PostMapping(PATH)
    ModelAndView find(@RequestParam(defaultValue = "") String which) {
        if (which.isBlank() || which.length() > ItemWays.TYPED_LENGTH_MAX) {
            return form(
                    which,
                    List.of(),
                    List.of(new PageError("which", "Enter a reference, or the id that its source knows it by")));
        }
        var found = ways.find(which);
        if (found.size() == 1) {
            return new ModelAndView("redirect:" + PATH + "/" + found.getFirst());
        }
        return form(
                which,
                found,
                found.isEmpty()
                        ? List.of(new PageError(
                                "which",
                                "No item is known by this. A mail that isn’t filed is found by its reference only"))
                        : List.of());
    }

    private ModelAndView form(String typed, List<ReceiptId> found, List<PageError> errors) {
        var page = new ModelAndView("console/item-find");
        page.addObject("typed", typed);
        page.addObject("found", found);
        addRights(page);
        return PageError.on(page, errors);
    }

    /** @param id a receipt's: a keyed hash, which says nothing */
    @GetMapping(PATH + "/{id:[0-9a-f]{64}}")
    ModelAndView way(@PathVariable ReceiptId id) {
        var way = ways.of(id);
        if (way.isEmpty()) {
            var page = form(
                    "",
                    List.of(),
                    List.of(new PageError("which", "This item is known neither to the record nor to the raw store")));
            page.setStatus(HttpStatus.NOT_FOUND);
            return page;
        }
        trail.record(new AuditEvent(
                staff.member().actor(), Action.LOOKED, Subject.receipt(id.hex()), "The way that it took"));
        var page = new ModelAndView("console/item");
        page.addObject("way", way.get());
        addRights(page);
        return page;
    }

    private void addRights(ModelAndView page) {
        var member = staff.member();
        page.addObject("seesRoutes", access.mayOpen("/routes/again", member));
        page.addObject("seesEnquiries", access.mayOpen("/enquiries", member));
        page.addObject("seesQuarantine", access.mayOpen("/quarantine", member));
    }
}
