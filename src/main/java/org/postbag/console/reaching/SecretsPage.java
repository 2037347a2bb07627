package org.postbag.console.reaching;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.postbag.audit.AuditTrail;
import org.postbag.audit.Subject;
import org.postbag.console.reaching.SecretChanges.Changed;
import org.postbag.console.reaching.SecretChanges.Deleted;
import org.postbag.console.reaching.SecretChanges.Used;
import org.postbag.staff.AllowedTo;
import org.postbag.staff.CurrentStaff;
import org.postbag.staff.Notice;
import org.postbag.staff.PageError;
import org.postbag.staff.Role;
import org.postbag.staff.UkTime;
import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** {@code /routes/secrets}: which secrets routes use, where each comes from, and a field to change one; those that nothing uses are deleted. No page ever has a value. */
@Controller
@Profile("!command")
@RequestMapping(SecretsPage.PATH)
class SecretsPage {

    static final String PATH = "/routes/secrets";

    private final Secrets secrets;
    private final VaultSecrets vault;
    private final SecretUses uses;
    private final SecretChanges changes;
    private final AuditTrail audit;
    private final CurrentStaff staff;

    SecretsPage(
            Secrets secrets,
            VaultSecrets vault,
            SecretUses uses,
            SecretChanges changes,
            AuditTrail audit,
            CurrentStaff staff) {
        this.secrets = secrets;
        this.vault = vault;
        this.uses = uses;
        this.changes = changes;
        this.audit = audit;
        this.staff = staff;
    }

    /**
     * A line of the page.
     *
     * @param source where it comes from, or null where no source has it
     * @param changed when, or empty where that isn't known here
     * @param by the name of who changed it, or null
     * @param changeable whether it can be changed here
     * @param deletable whether it was given here, so that it can be deleted
     */
    public record Line(
            String name,
            @Nullable String source,
            List<String> routes,
            String changed,
            @Nullable String by,
            boolean changeable,
            boolean deletable) {}

    @GetMapping
    @AllowedTo({Role.ROUTE_EDITOR, Role.ROUTE_APPROVER})
    ModelAndView list() {
        var page = new ModelAndView("console/secrets");
        page.addObject("secrets", lines());
        page.addObject("settings", settings());
        return page;
    }

    @GetMapping("/change")
    @AllowedTo({Role.ROUTE_EDITOR, Role.ROUTE_APPROVER})
    ModelAndView form(@RequestParam(defaultValue = "") String name) {
        return form(name, name.isEmpty(), "");
    }

    @PostMapping("/change")
    @AllowedTo({Role.ROUTE_EDITOR, Role.ROUTE_APPROVER})
    ModelAndView change(
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String secret,
            @RequestParam(defaultValue = "") String reason,
            @RequestParam(defaultValue = "false") boolean fresh,
            RedirectAttributes redirect) {
        var named = name.strip();
        if (fresh && secrets.isKnown(named)) {
            return wrong(
                    named,
                    true,
                    reason,
                    new PageError(
                            "name", "There is a secret of this name. Change it from the list, or choose another name"));
        }
        return switch (changes.change(named, secret, reason, staff.member().actor())) {
            case Changed.Wrong wrong -> wrong(named, fresh, reason, new PageError(wrong.field(), wrong.words()));
            case Changed.Elsewhere elsewhere ->
                wrong(
                        named,
                        fresh,
                        reason,
                        new PageError(
                                "secret",
                                "This secret comes from " + elsewhere.source()
                                        + ", which comes first. Change it there"));
            case Changed.Done done -> told(redirect, new Notice(words(named, fresh, done)));
        };
    }

    private ModelAndView wrong(String name, boolean fresh, String reason, PageError error) {
        return error.on(form(name, fresh, reason));
    }

    private ModelAndView form(String name, boolean fresh, String reason) {
        var page = new ModelAndView("console/secret-change");
        page.addObject("name", name);
        page.addObject("fresh", fresh);
        page.addObject("reason", reason);
        page.addObject("routes", uses.routes(name));
        page.addObject("errors", List.of());
        return page;
    }

    /** Says what uses it, else asks why it is to be deleted. */
    @GetMapping("/delete")
    @AllowedTo({Role.ROUTE_EDITOR, Role.ROUTE_APPROVER})
    ModelAndView deletion(@RequestParam(defaultValue = "") String name) {
        if (vault.kept(name).isEmpty()) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        return deletion(name, changes.used(name), "");
    }

    @PostMapping("/delete")
    @AllowedTo({Role.ROUTE_EDITOR, Role.ROUTE_APPROVER})
    ModelAndView delete(
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String reason,
            RedirectAttributes redirect) {
        return switch (changes.delete(name, reason, staff.member().actor())) {
            case Deleted.Wrong(var words) -> new PageError("reason", words).on(deletion(name, List.of(), reason));
            case Deleted.InUse(var by) -> {
                var page = deletion(name, by, reason);
                page.setStatus(HttpStatus.CONFLICT);
                yield page;
            }
            case Deleted.Elsewhere(var source) ->
                told(redirect, Notice.refusal("Nothing was deleted: it comes from " + source + ". Delete it there."));
            case Deleted.NotThere _ ->
                told(redirect, Notice.refusal("Nothing was deleted: there is no secret of this name any more."));
            case Deleted.Done _ ->
                told(redirect, new Notice(name + " is deleted. Its value is gone: to use it again, give it anew."));
        };
    }

    private static ModelAndView told(RedirectAttributes redirect, Notice notice) {
        redirect.addFlashAttribute(Notice.ATTRIBUTE, notice);
        return new ModelAndView("redirect:" + PATH);
    }

    private static ModelAndView deletion(String name, List<Used> used, String reason) {
        var page = new ModelAndView("console/secret-delete");
        page.addObject("name", name);
        page.addObject("used", used);
        page.addObject("reason", reason);
        page.addObject("errors", List.of());
        return page;
    }

    private static String words(String name, boolean fresh, Changed.Done done) {
        var words = new StringBuilder(name)
                .append(fresh ? " is kept. A route names it as {{secret:" + name + "}}." : " has its new value.");
        append(words, " Signing in anew: ", done.restarted());
        append(words, " Ending what they have in hand first: ", done.busy());
        append(words, " Not running on this node, so they sign in with it where or when they run: ", done.elsewhere());
        return words.toString();
    }

    private static void append(StringBuilder words, String what, List<String> routes) {
        if (!routes.isEmpty()) {
            words.append(what).append(String.join(", ", routes)).append('.');
        }
    }

    /** Those that routes name, and those that were given here. */
    private List<Line> lines() {
        var all = uses.all();
        var names = new TreeSet<>(secrets.names());
        all.forEach(
                use -> use.secrets().stream().filter(name -> !isSetting(name)).forEach(names::add));
        return names.stream().map(name -> line(name, all)).toList();
    }

    private Line line(String name, List<SecretUses.Use> all) {
        var source = secrets.source(name);
        var kept = vault.kept(name);
        var here = source.isEmpty() || source.get() == vault;
        return new Line(
                name,
                source.map(SecretSource::title).orElse(null),
                routes(name, all),
                here ? UkTime.dateTime(kept.map(VaultSecrets.Kept::changedAt).orElse(null)) : "",
                here && kept.isPresent() ? by(name) : null,
                here,
                here && kept.isPresent());
    }

    private @Nullable String by(String name) {
        return audit.history(new Subject("secret", name), 1).stream()
                .map(AuditTrail.Entry::actorName)
                .findFirst()
                .orElse(null);
    }

    /** Settings of the program that routes use as secrets, as before secrets had names. */
    private Map<String, List<String>> settings() {
        var all = uses.all();
        var settings = new TreeMap<String, List<String>>();
        for (var use : all) {
            use.secrets().stream()
                    .filter(SecretsPage::isSetting)
                    .forEach(name -> settings.computeIfAbsent(name, any -> routes(any, all)));
        }
        return settings;
    }

    private static boolean isSetting(String name) {
        return name.startsWith("postbag.");
    }

    private static List<String> routes(String name, List<SecretUses.Use> all) {
        return SecretUses.routes(all, use -> use.secrets().contains(name));
    }
}
