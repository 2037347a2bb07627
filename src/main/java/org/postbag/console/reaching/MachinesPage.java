package org.postbag.console.reaching;

import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.postbag.console.reaching.AllowedMachines.Allowed;
import org.postbag.console.reaching.AllowedMachines.Changed;
import org.postbag.staff.AllowedTo;
import org.postbag.staff.CurrentStaff;
import org.postbag.staff.Notice;
import org.postbag.staff.PageError;
import org.postbag.staff.Role;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The machines that routes may reach, and where approvers allow another. */
@Controller
@Profile("!command")
@RequestMapping(MachinesPage.PATH)
class MachinesPage {

    static final String PATH = "/routes/machines";

    private final Hosts hosts;
    private final AllowedMachines allowed;
    private final SecretUses uses;
    private final CurrentStaff staff;

    MachinesPage(Hosts hosts, AllowedMachines allowed, SecretUses uses, CurrentStaff staff) {
        this.hosts = hosts;
        this.allowed = allowed;
        this.uses = uses;
        this.staff = staff;
    }

    /**
     * A machine.
     *
     * @param setting whether the setting names it
     * @param files whether a file does
     * @param allowed by whom, when and why; null where nobody did here
     * @param routes that reach it
     */
    record Line(
            String name,
            boolean setting,
            boolean files,
            @Nullable Allowed allowed,
            List<String> routes) {}

    static List<Line> lines(Hosts hosts, AllowedMachines allowed, List<SecretUses.Use> uses) {
        var ofSetting = hosts.ofSetting().names();
        var ofFiles = hosts.ofFiles();
        var here = new TreeMap<String, Allowed>();
        allowed.all().forEach(one -> here.put(one.name(), one));
        var names = new TreeSet<>(ofFiles);
        names.addAll(ofSetting);
        names.addAll(here.keySet());
        return names.stream()
                .map(name -> new Line(
                        name, ofSetting.contains(name), ofFiles.contains(name), here.get(name), routes(name, uses)))
                .toList();
    }

    /** Those that reach a machine. */
    private static List<String> routes(String name, List<SecretUses.Use> uses) {
        return SecretUses.routes(uses, use -> use.hosts().contains(name));
    }

    @GetMapping
    @AllowedTo({Role.ROUTE_VIEWER, Role.ROUTE_OPERATOR, Role.ROUTE_EDITOR, Role.ROUTE_APPROVER, Role.ADMINISTRATOR})
    ModelAndView list() {
        var page = new ModelAndView("console/machines");
        page.addObject("machines", lines(hosts, allowed, uses.all()));
        page.addObject("mayAllow", mayAllow());
        return page;
    }

    private boolean mayAllow() {
        var member = staff.member();
        return member.has(Role.ROUTE_APPROVER) || member.has(Role.ADMINISTRATOR);
    }

    @GetMapping("/allow")
    @AllowedTo({Role.ROUTE_APPROVER, Role.ADMINISTRATOR})
    ModelAndView ask() {
        return form(false, "", "");
    }

    @PostMapping("/allow")
    @AllowedTo({Role.ROUTE_APPROVER, Role.ADMINISTRATOR})
    ModelAndView allow(
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String reason,
            RedirectAttributes redirect) {
        return after(
                allowed.allow(name, reason, staff.member().actor()),
                "Routes may reach %s now, once they are approved.",
                form(false, name, reason),
                redirect);
    }

    @GetMapping("/take-away")
    @AllowedTo({Role.ROUTE_APPROVER, Role.ADMINISTRATOR})
    ModelAndView askAway(@RequestParam(defaultValue = "") String name) {
        return allowed.named(name).isEmpty() ? new ModelAndView("redirect:" + PATH) : form(true, name, "");
    }

    @PostMapping("/take-away")
    @AllowedTo({Role.ROUTE_APPROVER, Role.ADMINISTRATOR})
    ModelAndView takeAway(
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String reason,
            RedirectAttributes redirect) {
        return after(
                allowed.takeAway(name, reason, staff.member().actor()),
                "No draft may name %s any more.",
                form(true, name, reason),
                redirect);
    }

    private static ModelAndView after(Changed changed, String words, ModelAndView form, RedirectAttributes redirect) {
        return switch (changed) {
            case Changed.Done(var name) -> {
                redirect.addFlashAttribute(Notice.ATTRIBUTE, new Notice(words.formatted(name)));
                yield new ModelAndView("redirect:" + PATH);
            }
            case Changed.Wrong(var field, var why) -> new PageError(field, why).on(form);
        };
    }

    private ModelAndView form(boolean away, String name, String reason) {
        var page = new ModelAndView("console/machine-change");
        page.addObject("away", away);
        page.addObject("name", name);
        page.addObject("reason", reason);
        page.addObject("errors", List.of());
        page.addObject("routes", routes(name, uses.all()));
        return page;
    }
}
