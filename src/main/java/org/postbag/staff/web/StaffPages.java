package org.postbag.staff.web;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postbag.staff.AllowedTo;
import org.postbag.staff.CurrentStaff;
import org.postbag.staff.Notice;
import org.postbag.staff.PageError;
import org.postbag.staff.Role;
import org.postbag.staff.StaffTexts;
import org.postbag.staff.access.StaffDirectory;
import org.postbag.staff.access.StaffDirectory.Outcome;
import org.postbag.staff.access.StaffDirectory.Person;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Who works here, for administrators: adding people, their roles, letting them go. */
@Controller
@RequestMapping("/settings/staff")
@AllowedTo(Role.ADMINISTRATOR)
class StaffPages {

    private static final String LIST = "redirect:/settings/staff";
    private static final int NAME_CHARS_MAX = 100;
    private static final String LAST_ADMINISTRATOR = "staff.last-administrator";

    private final StaffDirectory directory;
    private final CurrentStaff staff;
    private final StaffTexts texts;

    StaffPages(StaffDirectory directory, CurrentStaff staff, StaffTexts texts) {
        this.directory = directory;
        this.staff = staff;
        this.texts = texts;
    }

    @ModelAttribute("allRoles")
    Role[] allRoles() {
        return Role.values();
    }

    @GetMapping
    String list(Model model) {
        model.addAttribute("people", directory.all());
        return "staff/list";
    }

    @GetMapping("/new")
    String form(Model model) {
        model.addAttribute("roles", Set.of());
        return "staff/new";
    }

    @PostMapping("/new")
    ModelAndView add(
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String username,
            @RequestParam(name = "role", defaultValue = "") Set<Role> chosen,
            RedirectAttributes redirect) {
        var errors = check(name.strip(), username.strip());
        if (errors.isEmpty()) {
            switch (directory.add(username.strip(), name.strip(), chosen, actor())) {
                case Outcome.NewPassword made -> {
                    return passwordGiven(made, redirect);
                }
                default -> errors.add(new PageError("username", texts.say("staff.username.taken")));
            }
        }
        var page = new ModelAndView("staff/new", HttpStatus.UNPROCESSABLE_CONTENT);
        page.addObject("errors", errors);
        page.addObject("name", name);
        page.addObject("username", username);
        page.addObject("roles", chosen);
        return page;
    }

    private List<PageError> check(String name, String username) {
        var errors = new ArrayList<PageError>();
        if (name.isEmpty() || name.length() > NAME_CHARS_MAX) {
            errors.add(new PageError("name", texts.say("staff.name.wrong", NAME_CHARS_MAX)));
        }
        if (!StaffDirectory.isUsername(username)) {
            errors.add(new PageError("username", texts.say("staff.username.wrong")));
        }
        return errors;
    }

    @GetMapping("/{id}")
    String person(@PathVariable long id, Model model) {
        var person = find(id);
        return show(person, person.roles(), model);
    }

    private String show(Person person, Set<Role> roles, Model model) {
        model.addAttribute("person", person);
        if (!model.containsAttribute("email")) {
            model.addAttribute("email", person.email());
        }
        model.addAttribute("roles", roles);
        model.addAttribute("self", isSelf(person));
        return "staff/person";
    }

    @PostMapping("/{id}/roles")
    String changeRoles(
            @PathVariable long id,
            @RequestParam(name = "role", defaultValue = "") Set<Role> chosen,
            Model model,
            RedirectAttributes redirect) {
        var person = find(id);
        var roles = EnumSet.noneOf(Role.class);
        roles.addAll(chosen);
        if (directory.changeRoles(person, roles, actor()) instanceof Outcome.LastAdministrator) {
            model.addAttribute("errors", List.of(new PageError("role-ADMINISTRATOR", texts.say(LAST_ADMINISTRATOR))));
            return show(person, roles, model);
        }
        return done(texts.say("staff.roles.changed", person.name()), null, redirect);
    }

    @PostMapping("/{id}/email")
    String changeEmail(
            @PathVariable long id,
            @RequestParam(defaultValue = "") String email,
            Model model,
            RedirectAttributes redirect) {
        var person = find(id);
        var address = email.strip();
        String error = null;
        if (!address.isEmpty() && !StaffDirectory.isEmail(address)) {
            error = texts.say("staff.email.wrong");
        } else if (directory.changeEmail(person, address, actor()) instanceof Outcome.Taken) {
            error = texts.say("staff.email.taken");
        }
        if (error != null) {
            model.addAttribute("errors", List.of(new PageError("email", error)));
            model.addAttribute("email", email);
            return show(person, person.roles(), model);
        }
        return done(
                texts.say(address.isEmpty() ? "staff.email.none" : "staff.email.changed", person.name()),
                null,
                redirect);
    }

    /** What will happen, before it does: deactivating, letting in again, a new password. */
    @GetMapping("/{id}/{change:deactivate|activate|password}")
    String confirm(@PathVariable long id, @PathVariable String change, Model model) {
        var person = find(id);
        model.addAttribute("person", person);
        model.addAttribute("change", change);
        model.addAttribute("heading", texts.say("staff.confirm.heading." + change));
        model.addAttribute("button", texts.say("staff." + change));
        return "staff/confirm";
    }

    @PostMapping("/{id}/deactivate")
    String deactivate(@PathVariable long id, Model model, RedirectAttributes redirect) {
        var person = find(id);
        if (isSelf(person) || directory.setActive(person, false, actor()) instanceof Outcome.LastAdministrator) {
            model.addAttribute(
                    "errors",
                    List.of(new PageError("state", texts.say(isSelf(person) ? "staff.self" : LAST_ADMINISTRATOR))));
            return show(person, person.roles(), model);
        }
        return done(
                texts.say("staff.done.deactivated", person.name()), "/settings/staff/" + id + "/activate", redirect);
    }

    @PostMapping("/{id}/activate")
    String activate(@PathVariable long id, RedirectAttributes redirect) {
        var person = find(id);
        directory.setActive(person, true, actor());
        return done(texts.say("staff.done.activated", person.name()), null, redirect);
    }

    @PostMapping("/{id}/password")
    ModelAndView resetPassword(@PathVariable long id, RedirectAttributes redirect) {
        return directory.resetPassword(find(id), actor()) instanceof Outcome.NewPassword made
                ? passwordGiven(made, redirect)
                : new ModelAndView(LIST);
    }

    private ModelAndView passwordGiven(Outcome.NewPassword made, RedirectAttributes redirect) {
        redirect.addFlashAttribute(
                Notice.ATTRIBUTE,
                new Notice(texts.say(
                        "staff.done.password",
                        made.person().name(),
                        made.person().username(),
                        made.password())));
        return new ModelAndView(LIST);
    }

    private static String done(String text, @Nullable String undo, RedirectAttributes redirect) {
        redirect.addFlashAttribute(Notice.ATTRIBUTE, new Notice(text, undo));
        return LIST;
    }

    private Person find(long id) {
        return directory.find(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    private boolean isSelf(Person person) {
        return actor().equals("staff:" + person.username());
    }

    private String actor() {
        return staff.member().actor();
    }
}
