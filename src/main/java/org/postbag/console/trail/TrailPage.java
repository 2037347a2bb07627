package org.postbag.console.trail;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postbag.audit.AuditTrail;
import org.postbag.audit.AuditTrail.Entry;
import org.postbag.audit.AuditTrail.Line;
import org.postbag.audit.AuditTrail.Only;
import org.postbag.console.SeesChanges;
import org.postbag.staff.CurrentStaff;
import org.postbag.staff.PageAccess;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.util.UriComponentsBuilder;

/** Who did what with the ways in, newest first: routes, profiles, questions, secrets, machines, what lies in quarantine, what is read again. */
@Controller
@Profile("!command")
@SeesChanges
class TrailPage {

    static final String PATH = "/routes/history";
    private static final int LINES_A_PAGE = 50;
    private static final int NAME_LENGTH_MAX = 200;

    private final AuditTrail trail;
    private final PageAccess access;
    private final CurrentStaff staff;
    private final JdbcClient jdbc;

    TrailPage(AuditTrail trail, PageAccess access, CurrentStaff staff, JdbcClient jdbc) {
        this.trail = trail;
        this.access = access;
        this.staff = staff;
        this.jdbc = jdbc;
    }

    /** Who may be asked for. */
    public record Member(long id, String name) {}

    /**
     * An event as shown.
     *
     * @param label what kind of thing it is about
     * @param name which one; may be empty
     * @param path of its page; null where it has none or this person may not open it
     */
    public record Shown(String label, String name, @Nullable String path, Entry entry) {}

    /** @param by the number of a member of staff: no address names anybody */
    @GetMapping(PATH)
    ModelAndView list(
            @RequestParam(defaultValue = "") String what,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(required = false) @Nullable Long by,
            @RequestParam(required = false) @Nullable Long before) {
        var named = name.strip();
        var only = new Only(
                About.kinds(what),
                named.isEmpty() ? null : named.substring(0, Math.min(named.length(), NAME_LENGTH_MAX)),
                by,
                before == null ? Long.MAX_VALUE : before);
        var found = trail.latest(only, LINES_A_PAGE + 1);
        var page = new ModelAndView("console/history");
        page.addObject("kinds", About.values());
        page.addObject("members", members());
        page.addObject("what", what);
        page.addObject("name", named);
        page.addObject("by", by);
        page.addObject("narrowed", !what.isEmpty() || !named.isEmpty() || by != null);
        page.addObject("later", before != null);
        page.addObject(
                "lines", found.stream().limit(LINES_A_PAGE).map(this::shown).toList());
        page.addObject(
                "after",
                found.size() > LINES_A_PAGE
                        ? link(what, named, by, found.get(LINES_A_PAGE - 1).number())
                        : null);
        return page;
    }

    private List<Member> members() {
        return jdbc.sql("select id, name from staff_member order by lower(name), id")
                .query((row, _) -> new Member(row.getLong("id"), row.getString("name")))
                .list();
    }

    private Shown shown(Line line) {
        var about = About.of(line.subject().kind()).orElseThrow();
        var id = line.subject().id();
        var path = Optional.ofNullable(about.list())
                .filter(list -> access.mayOpen(list, staff.member()))
                .map(_ -> about.path(id))
                .orElse(null);
        return new Shown(about.label(), about.name(id), path, about.shown(line.entry()));
    }

    private static String link(String what, String name, @Nullable Long by, long before) {
        return UriComponentsBuilder.fromPath(PATH)
                .queryParam("what", what)
                .queryParam("name", name)
                .queryParam("by", by == null ? "" : by)
                .queryParam("before", before)
                .build()
                .encode()
                .toUriString();
    }
}
