package org.postbag.contacts.web;

import org.postbag.contacts.Contact;
import org.postbag.contacts.Contacts;
import org.postbag.contacts.Verifying;
import org.postbag.staff.AllowedTo;
import org.postbag.staff.CurrentStaff;
import org.postbag.staff.Notice;
import org.postbag.staff.Role;
import org.postbag.staff.StaffTexts;
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
    private final StaffTexts texts;
    private final CurrentStaff staff;

    IdentifiersPage(Contacts contacts, Verifying verifying, StaffTexts texts, CurrentStaff staff) {
        this.contacts = contacts;
        this.verifying = verifying;
        this.texts = texts;
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
                                texts.say("identifiers.retired"),
                                "/contacts/" + id + "/identifiers/" + identifierId + "/use-again")
                        : Notice.refusal(texts.say("identifiers.retired.already")));
        return "redirect:/contacts/" + contacts.shownAs(id).map(Contact::id).orElse(id);
    }

    @PostMapping("/{identifierId:[0-9]+}/use-again")
    @AllowedTo({Role.OFFICER, Role.REVIEWER})
    String useAgain(@PathVariable long id, @PathVariable long identifierId, RedirectAttributes redirect) {
        boolean done = contacts.useAgain(id, identifierId, staff.member().actor());
        redirect.addFlashAttribute(
                Notice.ATTRIBUTE,
                done
                        ? new Notice(texts.say("identifiers.used-again"))
                        : Notice.refusal(texts.say("identifiers.used-again.refused")));
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
                                texts.say(verified ? "identifiers.verified" : "identifiers.not-verified"),
                                "/contacts/" + id + "/identifiers/" + identifierId
                                        + (verified ? "/not-verified" : "/verify"))
                        : Notice.refusal(texts.say("identifiers.verified.already")));
        return "redirect:/contacts/" + contacts.shownAs(id).map(Contact::id).orElse(id);
    }
}
