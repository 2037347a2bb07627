package org.postbag.enquiries.web;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postbag.enquiries.Enquiries;
import org.postbag.enquiries.location.Location;
import org.postbag.enquiries.location.Locations;
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
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.util.UriUtils;

/** Where staff say in which local authority's area an enquiry comes from. */
@Controller
@RequestMapping("/enquiries/{id:[0-9]+}/location")
@AllowedTo({Role.OFFICER, Role.REVIEWER})
class LocationPage {

    private final Enquiries enquiries;
    private final Locations locations;
    private final CurrentStaff staff;
    private final StaffTexts texts;

    LocationPage(Enquiries enquiries, Locations locations, CurrentStaff staff, StaffTexts texts) {
        this.enquiries = enquiries;
        this.locations = locations;
        this.staff = staff;
        this.texts = texts;
    }

    @GetMapping
    ModelAndView choose(@PathVariable long id) {
        return page(id, null);
    }

    private ModelAndView page(long id, @Nullable String error) {
        var enquiry = enquiries.byId(id);
        if (enquiry.isEmpty()) {
            return missing();
        }
        var location = locations.of(id);
        var page = new ModelAndView("enquiries/location");
        page.addObject("enquiry", enquiry.get());
        page.addObject("location", location);
        page.addObject("likely", location instanceof Location.FromPostcode from ? from.authorities() : List.of());
        page.addObject(
                "chosen",
                location instanceof Location.SetByStaff set ? set.authority().code() : "");
        page.addObject("authorities", locations.authorities());
        if (error != null) {
            page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
            page.addObject("errors", List.of(new PageError("authority", error)));
        }
        return page;
    }

    /** @param authority a code, or empty to go by the postcode again */
    @PostMapping
    ModelAndView set(
            @PathVariable long id,
            @RequestParam(defaultValue = "") String authority,
            @RequestParam(defaultValue = "false") boolean forget,
            RedirectAttributes redirect) {
        if (authority.isEmpty() && !forget) {
            return page(id, texts.say("location.choose"));
        }
        var changed =
                locations.set(id, forget ? null : authority, staff.member().actor());
        if (changed.isEmpty()) {
            return enquiries.byId(id).isEmpty() ? missing() : page(id, texts.say("location.choose.from-list"));
        }
        var done = texts.say(forget ? "location.forgotten" : "location.changed");
        redirect.addFlashAttribute(
                Notice.ATTRIBUTE, new Notice(done, undo(id, changed.get().before())));
        return new ModelAndView("redirect:/enquiries/" + id);
    }

    /** @param before the code that was set before, or null where it followed from the postcode */
    private static String undo(long id, @Nullable String before) {
        return "/enquiries/" + id + "/location?"
                + (before == null ? "forget=true" : "authority=" + UriUtils.encode(before, StandardCharsets.UTF_8));
    }

    private static ModelAndView missing() {
        var page = new ModelAndView("enquiries/missing");
        page.setStatus(HttpStatus.NOT_FOUND);
        return page;
    }
}
