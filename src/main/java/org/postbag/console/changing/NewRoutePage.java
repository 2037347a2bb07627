package org.postbag.console.changing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.postbag.console.changing.Version.Origin;
import org.postbag.console.reaching.ConnectionTest;
import org.postbag.console.reaching.Connector;
import org.postbag.console.reaching.Connectors;
import org.postbag.console.reaching.Parameter;
import org.postbag.staff.AllowedTo;
import org.postbag.staff.CurrentStaff;
import org.postbag.staff.Notice;
import org.postbag.staff.PageError;
import org.postbag.staff.Reason;
import org.postbag.staff.Role;
import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Adding a way in: choose a connector, fill in what it asks for, test the connection, save as a draft. */
@Controller
@Profile("!command")
class NewRoutePage {

    private static final String PATH = "/routes/new";

    private final Versions versions;
    private final Decisions decisions;
    private final RunningRoutes routes;
    private final Connectors connectors;
    private final ConnectionTest connection;
    private final CurrentStaff staff;

    NewRoutePage(
            Versions versions,
            Decisions decisions,
            RunningRoutes routes,
            Connectors connectors,
            ConnectionTest connection,
            CurrentStaff staff) {
        this.versions = versions;
        this.decisions = decisions;
        this.routes = routes;
        this.connectors = connectors;
        this.connection = connection;
        this.staff = staff;
    }

    @GetMapping(PATH)
    @AllowedTo({Role.ROUTE_EDITOR, Role.ROUTE_APPROVER, Role.ADMINISTRATOR})
    ModelAndView choose(@RequestParam(defaultValue = "") String connector) {
        return connectors
                .named(connector)
                .map(chosen -> page(chosen, "", Map.of(), ""))
                .orElseGet(() -> {
                    var page = new ModelAndView("console/new");
                    page.addObject("connectors", connectors.all());
                    if (!connector.isEmpty()) {
                        page.addObject("unknown", connector);
                        page.setStatus(HttpStatus.NOT_FOUND);
                    }
                    return page;
                });
    }

    private static ModelAndView page(Connector connector, String id, Map<String, String> values, String reason) {
        var page = new ModelAndView("console/new-route");
        page.addObject("connector", connector);
        page.addObject("id", id);
        page.addObject("fields", RouteField.of(connector, values));
        page.addObject("reason", reason);
        return page;
    }

    /** With what follows from the route's own id filled in. */
    private static RouteForm form(Connector connector, String id, Map<String, String> fields) {
        var values = new LinkedHashMap<String, String>();
        for (var parameter : connector.parameters()) {
            if (parameter.type() == Parameter.Type.ROUTE) {
                values.put(parameter.name(), id);
            }
        }
        values.putAll(RouteEditPage.values(connector, Map.of(), fields));
        return new RouteForm(connector.id(), id, values);
    }

    @PostMapping(PATH)
    @AllowedTo({Role.ROUTE_EDITOR, Role.ROUTE_APPROVER, Role.ADMINISTRATOR})
    ModelAndView save(
            @RequestParam Map<String, String> fields,
            @RequestParam(defaultValue = "") String connector,
            @RequestParam(defaultValue = "") String id,
            @RequestParam(defaultValue = "") String reason,
            RedirectAttributes redirect) {
        var chosen = connectors.named(connector);
        if (chosen.isEmpty()) {
            return choose(connector);
        }
        var form = form(chosen.get(), id.strip(), fields);
        var why = Editing.reason(reason);
        var errors = errors(form, why);
        if (!errors.isEmpty()) {
            return PageError.on(page(chosen.get(), id, form.values(), reason), errors);
        }
        int base = versions.latest(RouteChanges.KIND, form.id())
                .map(Version::number)
                .orElse(0);
        var drafted = versions.draft(
                RouteChanges.KIND,
                form.id(),
                form.write(reason),
                base,
                staff.member().actor(),
                why.text(),
                Origin.FORM);
        if (drafted instanceof Drafted.Saved(var version)) {
            var checked = decisions.check(version.kind(), version.name(), version.number(), version.author());
            redirect.addFlashAttribute(
                    Notice.ATTRIBUTE,
                    new Notice("Saved as a draft" + RouteEditPage.words(checked)
                            + " It runs once somebody else approves it."));
            return new ModelAndView("redirect:" + Versions.page(version.kind(), version.name(), version.number()));
        }
        redirect.addFlashAttribute(Notice.ATTRIBUTE, Notice.refusal("There is a draft of this route already."));
        return new ModelAndView("redirect:/routes/" + form.id() + "/versions");
    }

    private List<PageError> errors(RouteForm form, Reason why) {
        var errors = new ArrayList<PageError>();
        if (!Versions.NAME.matcher(form.id()).matches()) {
            errors.add(new PageError(
                    "id", "Enter a name for the route of small letters, digits and hyphens, such as press-mailbox"));
        } else if (isTaken(form.id())) {
            errors.add(new PageError(
                    "id", "There is a route of this name already. Choose another name, or change that route"));
        }
        errors.addAll(RouteEditPage.errors(connectors, form));
        if (why.wrong() != null) {
            errors.add(why.wrong());
        }
        return errors;
    }

    /** Pages of their own have the names of some routes that could be. */
    private boolean isTaken(String id) {
        return routes.isTaken(id)
                || routes.fileText(id).isPresent()
                || versions.latest(RouteChanges.KIND, id).isPresent()
                || List.of(
                                "new",
                                "news",
                                "changes",
                                "profiles",
                                "questions",
                                "again",
                                "item",
                                "act",
                                "machines",
                                "secrets",
                                "history")
                        .contains(id);
    }

    @PostMapping(PATH + "/test")
    @AllowedTo({Role.ROUTE_EDITOR, Role.ROUTE_APPROVER, Role.ADMINISTRATOR})
    ModelAndView test(
            @RequestParam Map<String, String> fields,
            @RequestParam(defaultValue = "") String connector,
            @RequestParam(defaultValue = "") String id,
            @RequestParam(defaultValue = "") String reason) {
        var chosen = connectors.named(connector);
        if (chosen.isEmpty()) {
            return choose(connector);
        }
        var form = form(chosen.get(), id.strip(), fields);
        var page = page(chosen.get(), id, form.values(), reason);
        page.addObject("tested", connection.test(connector, form.values()));
        page.addObject("errors", RouteEditPage.errors(connectors, form));
        return page;
    }
}
