package org.postbag.staff.web;

import java.util.ArrayList;
import java.util.List;
import org.postbag.staff.CurrentStaff;
import org.postbag.staff.Notice;
import org.postbag.staff.OpenToStaff;
import org.postbag.staff.PageError;
import org.postbag.staff.StaffTexts;
import org.postbag.staff.access.StaffDirectory;
import org.postbag.staff.access.StaffDirectory.Person;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Everyone's own password: what is done under a name is done by that person alone, so no administrator should go on knowing it. */
@Controller
@OpenToStaff
class PasswordPage {

    private static final String PAGE = "staff/password";

    private final StaffDirectory directory;
    private final CurrentStaff staff;
    private final StaffTexts texts;

    PasswordPage(StaffDirectory directory, CurrentStaff staff, StaffTexts texts) {
        this.directory = directory;
        this.staff = staff;
        this.texts = texts;
    }

    @GetMapping("/password")
    String form() {
        return PAGE;
    }

    @PostMapping("/password")
    ModelAndView change(
            @RequestParam(defaultValue = "") String current,
            @RequestParam(defaultValue = "") String fresh,
            RedirectAttributes redirect) {
        var person = self();
        var errors = check(person, current, fresh);
        if (!errors.isEmpty()) {
            var page = new ModelAndView(PAGE, HttpStatus.UNPROCESSABLE_CONTENT);
            page.addObject("errors", errors);
            return page;
        }
        directory.changePassword(person, fresh, staff.member().actor());
        redirect.addFlashAttribute(Notice.ATTRIBUTE, new Notice(texts.say("password.changed")));
        return new ModelAndView("redirect:/");
    }

    private List<PageError> check(Person person, String current, String fresh) {
        var errors = new ArrayList<PageError>();
        if (!directory.isPassword(person, current)) {
            errors.add(new PageError("current", texts.say("password.current.wrong")));
        }
        if (fresh.length() < StaffDirectory.PASSWORD_CHARS_MIN || fresh.length() > StaffDirectory.PASSWORD_CHARS_MAX) {
            errors.add(new PageError(
                    "fresh",
                    texts.say(
                            "password.fresh.wrong",
                            StaffDirectory.PASSWORD_CHARS_MIN,
                            StaffDirectory.PASSWORD_CHARS_MAX)));
        }
        return errors;
    }

    private Person self() {
        var actor = staff.member().actor();
        return directory.all().stream()
                .filter(person -> actor.equals("staff:" + person.username()))
                .findFirst()
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }
}
