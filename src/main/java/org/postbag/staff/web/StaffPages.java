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

    private final StaffDirectory directory;
    private final CurrentStaff staff;

    StaffPages(StaffDirectory directory, CurrentStaff staff) {
        this.directory = directory;
        this.staff = staff;
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
                default -> errors.add(new PageError("username", "Somebody has this username. Choose another."));
            }
        }
        var page = new ModelAndView("staff/new", HttpStatus.UNPROCESSABLE_CONTENT);
        page.addObject("errors", errors);
        page.addObject("name", name);
        page.addObject("username", username);
        page.addObject("roles", chosen);
        return page;
    }

    private static List<PageError> check(String name, String username) {
        var errors = new ArrayList<PageError>();
        if (name.isEmpty() || name.length() > NAME_CHARS_MAX) {
            errors.add(new PageError("name", "Enter the person’s name, in at most " + NAME_CHARS_MAX + " characters"));
        }
        if (!StaffDirectory.isUsername(username)) {
            errors.add(new PageError(
                    "username",
                    "Enter a username of 2 to 40 small letters, digits, dots or hyphens that starts with a letter"));
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
            model.addAttribute("errors", List.of(new PageError("role-ADMINISTRATOR", LAST_ADMINISTRATOR)));
            return show(person, roles, model);
        }
        return done(person.name() + " has new roles. They count from the next click.", null, redirect);
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
            error = "Enter an email address in the correct format, like name@example.com";
        } else if (directory.changeEmail(person, address, actor()) instanceof Outcome.Taken) {
            error = "Somebody else has this email address";
        }
        if (error != null) {
            model.addAttribute("errors", List.of(new PageError("email", error)));
            model.addAttribute("email", email);
            return show(person, person.roles(), model);
        }
        return done(
                address.isEmpty()
                        ? person.name() + " has no email address now."
                        : "What is sent from this address stands under " + person.name() + "’s name from now on.",
                null,
                redirect);
    }

    private static final String LAST_ADMINISTRATOR =
            "This is the last administrator. Give someone else the role first, or nobody could.";

    /** What will happen, before it does: deactivating, letting in again, a new password. */
    @GetMapping("/{id}/{change:deactivate|activate|password}")
    String confirm(@PathVariable long id, @PathVariable String change, Model model) {
        var person = find(id);
        model.addAttribute("person", person);
        model.addAttribute("change", change);
        model.addAttribute(
                "heading",
                switch (change) {
                    case "password" -> "Give a new password";
                    case "activate" -> "Let someone in again";
                    default -> "Deactivate a member of staff";
                });
        model.addAttribute(
                "button",
                switch (change) {
                    case "password" -> "Give a new password";
                    case "activate" -> "Let in again";
                    default -> "Deactivate";
                });
        return "staff/confirm";
    }

    @PostMapping("/{id}/deactivate")
    String deactivate(@PathVariable long id, Model model, RedirectAttributes redirect) {
        var person = find(id);
        if (isSelf(person) || directory.setActive(person, false, actor()) instanceof Outcome.LastAdministrator) {
            model.addAttribute(
                    "errors",
                    List.of(new PageError(
                            "state",
                            isSelf(person)
                                    ? "You can’t deactivate yourself. Ask another administrator."
                                    : LAST_ADMINISTRATOR)));
            return show(person, person.roles(), model);
        }
        return done(
                person.name() + " is deactivated and can’t sign in.", "/settings/staff/" + id + "/activate", redirect);
    }

    @PostMapping("/{id}/activate")
    String activate(@PathVariable long id, RedirectAttributes redirect) {
        var person = find(id);
        directory.setActive(person, true, actor());
        return done(person.name() + " can sign in again.", null, redirect);
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
                new Notice(
                        made.person().name() + " signs in as " + made.person().username() + " with the password "
                                + made.password() + " until they change it. It is shown only now."));
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
