package org.postbag.contacts.web;

import org.postbag.contacts.Contact;
import org.postbag.contacts.Contacts;
import org.postbag.contacts.Verifying;
import org.postbag.staff.AllowedTo;
import org.postbag.staff.CurrentStaff;
import org.postbag.staff.Notice;
import org.postbag.staff.Role;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What staff say of an address or number of a contact: that it is surely theirs, or no longer used. Each can be taken back. */
@Controller
@RequestMapping("/contacts/{id:[0-9]+}/identifiers")
class IdentifiersPage {

    private final Contacts contacts;
    private final Verifying verifying;
    private final CurrentStaff staff;

    IdentifiersPage(Contacts contacts, Verifying verifying, CurrentStaff staff) {
        this.contacts = contacts;
        this.verifying = verifying;
        this.staff = staff;
    }

    @PostMapping("/{identifierId:[0-9]+}/retire")
    @AllowedTo({Role.OFFICER, Role.REVIEWER})
    String retire(@PathVariable long id, @PathVariable long identifierId, RedirectAttributes redirect) {
        boolean done = contacts.retire(id, identifierId, staff.member().actor());
        redirect.addFlashAttribute(
                Notice.ATTRIBUTE,
                done
                        ? new Notice(
                                "Marked as no longer used. What was filed stays.",
                                "/contacts/" + id + "/identifiers/" + identifierId + "/use-again")
                        : Notice.refusal("Nothing to do: it was not in use."));
        return "redirect:/contacts/" + contacts.shownAs(id).map(Contact::id).orElse(id);
    }

    @PostMapping("/{identifierId:[0-9]+}/use-again")
    @AllowedTo({Role.OFFICER, Role.REVIEWER})
    String useAgain(@PathVariable long id, @PathVariable long identifierId, RedirectAttributes redirect) {
        boolean done = contacts.useAgain(id, identifierId, staff.member().actor());
        redirect.addFlashAttribute(
                Notice.ATTRIBUTE,
                done
                        ? new Notice("In use again.")
                        : Notice.refusal("Not changed: it is in use already, or another contact uses it now."));
        return "redirect:/contacts/" + contacts.shownAs(id).map(Contact::id).orElse(id);
    }

    @PostMapping("/{identifierId:[0-9]+}/{word:verify|not-verified}")
    @AllowedTo({Role.OFFICER, Role.REVIEWER})
    String verify(
            @PathVariable long id,
            @PathVariable long identifierId,
            @PathVariable String word,
            RedirectAttributes redirect) {
        boolean verified = word.equals("verify");
        boolean done =
                verifying.verify(id, identifierId, verified, staff.member().actor());
        redirect.addFlashAttribute(
                Notice.ATTRIBUTE,
                done
                        ? new Notice(
                                verified ? "Marked as verified: it is surely theirs." : "No longer marked as verified.",
                                "/contacts/" + id + "/identifiers/" + identifierId
                                        + (verified ? "/not-verified" : "/verify"))
                        : Notice.refusal("Nothing to do: it stood so already, or is not theirs any more."));
        return "redirect:/contacts/" + contacts.shownAs(id).map(Contact::id).orElse(id);
    }
}
