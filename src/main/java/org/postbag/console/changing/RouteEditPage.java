package org.postbag.console.changing;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postbag.console.changing.Version.Origin;
import org.postbag.console.reaching.ConnectionTest;
import org.postbag.console.reaching.Connector;
import org.postbag.console.reaching.Connectors;
import org.postbag.staff.AllowedTo;
import org.postbag.staff.CurrentStaff;
import org.postbag.staff.Notice;
import org.postbag.staff.PageError;
import org.postbag.staff.Role;
import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Changing a route: by the form that its connector asks for, or, for experts, as YAML. Saved as a draft and checked at once. */
@Controller
@Profile("!command")
class RouteEditPage {

    private static final String PATH = "/routes/{name:[a-z0-9][a-z0-9-]{0,62}}/change";
    private static final String IN_FORCE = "in-force";

    private final Versions versions;
    private final Decisions decisions;
    private final RunningRoutes routes;
    private final Connectors connectors;
    private final ConnectionTest connection;
    private final Lists lists;
    private final CurrentStaff staff;

    RouteEditPage(
            Versions versions,
            Decisions decisions,
            RunningRoutes routes,
            Connectors connectors,
            ConnectionTest connection,
            Lists lists,
            CurrentStaff staff) {
        this.versions = versions;
        this.decisions = decisions;
        this.routes = routes;
        this.connectors = connectors;
        this.connection = connection;
        this.lists = lists;
        this.staff = staff;
    }

    @GetMapping(PATH)
    @AllowedTo({Role.ROUTE_EDITOR, Role.ROUTE_APPROVER, Role.ADMINISTRATOR})
    ModelAndView edit(
            @PathVariable String name,
            @RequestParam(defaultValue = "") String as,
            @RequestParam(defaultValue = "") String from) {
        var text = text(name, from);
        if (text.isEmpty()) {
            return VersionPage.missing();
        }
        int base = versions.latest(RouteChanges.KIND, name).map(Version::number).orElse(0);
        return as.equals("yaml")
                ? page(name, text.get(), null, base, "", from)
                : page(name, text.get(), form(text.get()).orElse(null), base, "", from);
    }

    /** What is on its way, unless somebody begins anew from what is in force; else that, else the file. */
    private Optional<String> text(String name, String from) {
        return versions.latest(RouteChanges.KIND, name)
                .filter(one -> !from.equals(IN_FORCE) && Steps.open().contains(one.state()))
                .or(() -> versions.inForce(RouteChanges.KIND, name))
                .or(() -> versions.latest(RouteChanges.KIND, name))
                .map(Version::text)
                .or(() -> routes.fileText(name));
    }

    /** Empty where there is no connector to ask for its parameters. */
    private Optional<RouteForm> form(String text) {
        return RouteForm.read(text)
                .filter(one -> connectors.named(one.connector()).isPresent());
    }

    private ModelAndView page(
            String name, String text, @Nullable RouteForm form, int base, String reason, String from) {
        var page = new ModelAndView("console/change");
        page.addObject("name", name);
        page.addObject("from", from);
        page.addObject("isInForce", versions.inForce(RouteChanges.KIND, name).isPresent());
        page.addObject("text", text);
        page.addObject("asYaml", form == null);
        page.addObject("hasForm", form(text).isPresent());
        page.addObject(
                "connector",
                form == null ? null : connectors.named(form.connector()).orElseThrow());
        page.addObject(
                "fields",
                form == null
                        ? List.of()
                        : RouteField.of(connectors.named(form.connector()).orElseThrow(), form.values()));
        page.addObject("base", base);
        page.addObject("reason", reason);
        page.addObject("lists", lists);
        page.addObject(
                "open",
                versions.latest(RouteChanges.KIND, name)
                        .filter(one -> Steps.open().contains(one.state()))
                        .orElse(null));
        return page;
    }

    /** What came from the page: the YAML, or the form's fields under {@code p.<parameter>}. */
    private record Sent(String text, @Nullable RouteForm form, Origin origin) {}

    private Optional<Sent> sent(String name, Map<String, String> fields, String from) {
        var yaml = fields.get("text");
        if (yaml != null) {
            var text = yaml.replace("\r\n", "\n").stripTrailing() + "\n";
            return Optional.of(new Sent(text, null, Origin.YAML));
        }
        return text(name, from)
                .flatMap(before -> form(before).map(form -> {
                    var connector = connectors.named(form.connector()).orElseThrow();
                    var changed = new RouteForm(form.connector(), form.id(), values(connector, form.values(), fields));
                    return new Sent(changed.writeInto(before), changed, Origin.FORM);
                }));
    }

    /** Those of before in their order, as they are now; what is left empty has its default. What follows from the route itself stays. */
    static Map<String, String> values(Connector connector, Map<String, String> before, Map<String, String> fields) {
        var values = new LinkedHashMap<>(before);
        for (var parameter : connector.asked()) {
            var typed = fields.getOrDefault("p." + parameter.name(), "").strip();
            boolean asBefore = !before.containsKey(parameter.name()) && typed.equals(parameter.defaultValue());
            if (typed.isEmpty() || asBefore) {
                values.remove(parameter.name());
            } else {
                values.put(parameter.name(), typed);
            }
        }
        return values;
    }

    @PostMapping(PATH)
    @AllowedTo({Role.ROUTE_EDITOR, Role.ROUTE_APPROVER, Role.ADMINISTRATOR})
    ModelAndView save(
            @PathVariable String name,
            @RequestParam Map<String, String> fields,
            @RequestParam(defaultValue = "0") int base,
            @RequestParam(defaultValue = "") String reason,
            @RequestParam(defaultValue = "") String from,
            RedirectAttributes redirect) {
        var sent = sent(name, fields, from);
        if (sent.isEmpty()) {
            return VersionPage.missing();
        }
        var page = page(name, sent.get().text(), sent.get().form(), base, reason, from);
        var why = Editing.reason(reason);
        var errors = new java.util.ArrayList<PageError>();
        if (sent.get().form() != null) {
            errors.addAll(errors(connectors, sent.get().form()));
        } else if (sent.get().text().isBlank()) {
            errors.add(new PageError("text", "Enter the YAML of the route"));
        }
        if (why.wrong() != null) {
            errors.add(why.wrong());
        }
        if (!errors.isEmpty()) {
            return PageError.on(page, errors);
        }
        var actor = staff.member().actor();
        var drafted = versions.draft(
                RouteChanges.KIND,
                name,
                sent.get().text(),
                base,
                actor,
                why.text(),
                sent.get().origin());
        return switch (drafted) {
            case Drafted.Saved(var version) -> checked(version, redirect);
            case Drafted.Unchanged(var version) -> {
                redirect.addFlashAttribute(
                        Notice.ATTRIBUTE, Notice.refusal("Nothing was changed, so nothing was saved."));
                yield new ModelAndView("redirect:" + Versions.page(version.kind(), version.name(), version.number()));
            }
            case Drafted.Overtaken(var latest) ->
                overtaken(page, latest, sent.get().text());
        };
    }

    private ModelAndView checked(Version version, RedirectAttributes redirect) {
        var checked = decisions.check(version.kind(), version.name(), version.number(), version.author());
        redirect.addFlashAttribute(
                Notice.ATTRIBUTE,
                new Notice("Saved as draft " + version.number() + words(checked) + " What runs was not changed."));
        return new ModelAndView("redirect:" + Versions.page(version.kind(), version.name(), version.number()));
    }

    static String words(Decided checked) {
        return checked instanceof Decided.Done(var version) && version.state() == Version.State.CHECKED
                ? " and checked: nothing stops it."
                : ". The checks found what stops it: put that right.";
    }

    /** Both texts are kept: the other's as a version, this one in the page, from where it can be saved over it. */
    private static ModelAndView overtaken(ModelAndView page, Version latest, String text) {
        page.setStatus(HttpStatus.CONFLICT);
        page.addObject("overtakenBy", latest);
        page.addObject("base", latest.number());
        page.addObject("difference", Difference.between(latest.text(), text));
        return page;
    }

    static List<PageError> errors(Connectors connectors, RouteForm form) {
        return connectors
                .named(form.connector())
                .map(connector -> connectors.problems(connector, form.values()).entrySet().stream()
                        .map(one -> new PageError("p-" + one.getKey(), one.getValue()))
                        .toList())
                .orElse(List.of());
    }

    @PostMapping(PATH + "/test")
    @AllowedTo({Role.ROUTE_EDITOR, Role.ROUTE_APPROVER, Role.ADMINISTRATOR})
    ModelAndView test(
            @PathVariable String name,
            @RequestParam Map<String, String> fields,
            @RequestParam(defaultValue = "0") int base,
            @RequestParam(defaultValue = "") String reason,
            @RequestParam(defaultValue = "") String from) {
        var sent = sent(name, fields, from);
        if (sent.isEmpty() || sent.get().form() == null) {
            return VersionPage.missing();
        }
        var form = sent.get().form();
        var page = page(name, sent.get().text(), form, base, reason, from);
        page.addObject("tested", connection.test(form.connector(), form.values()));
        page.addObject("errors", errors(connectors, form));
        return page;
    }
}
