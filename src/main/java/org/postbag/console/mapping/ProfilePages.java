package org.postbag.console.mapping;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.postbag.console.changing.Steps;
import org.postbag.console.changing.Version;
import org.postbag.console.changing.Versions;
import org.postbag.receiving.Channel;
import org.postbag.receiving.HeldExport;
import org.postbag.receiving.HeldExports;
import org.postbag.receiving.ProfileProblem;
import org.postbag.receiving.Profiles;
import org.postbag.receiving.ReceivingUnavailable;
import org.postbag.receiving.TelephoneRegion;
import org.postbag.staff.AllowedTo;
import org.postbag.staff.Notice;
import org.postbag.staff.Role;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The profiles of exports: which there are, what each column means, and where changing one begins. */
@Controller
@Profile("!command")
@RequestMapping(ProfilePages.PATH)
@AllowedTo({Role.ROUTE_VIEWER, Role.ROUTE_OPERATOR, Role.ROUTE_EDITOR, Role.ROUTE_APPROVER, Role.ADMINISTRATOR})
class ProfilePages {

    static final String PATH = "/routes/profiles";
    static final String NAME = "{name:[a-z0-9][a-z0-9-]{0,62}}";
    static final List<Channel> CHANNELS = List.of(Channel.TELEPHONE, Channel.SOCIAL_TOOL, Channel.PUBLIC_REGISTER);

    private static final int VERSIONS_SHOWN_MAX = 50;

    private final Profiles profiles;
    private final Versions versions;
    private final RouteUses uses;
    private final ObjectProvider<HeldExports> exports;
    private final MayChange may;

    ProfilePages(
            Profiles profiles, Versions versions, RouteUses uses, ObjectProvider<HeldExports> exports, MayChange may) {
        this.profiles = profiles;
        this.versions = versions;
        this.uses = uses;
        this.exports = exports;
        this.may = may;
    }

    /**
     * A profile in the list.
     *
     * @param inForce the version in force, null while its file holds
     * @param open the draft on its way, or null
     * @param problem why it can't be used, or null
     */
    record Line(
            String name,
            String channel,
            SortedSet<String> routes,
            @Nullable Version inForce,
            @Nullable Version open,
            @Nullable String problem) {}

    /** One of our fields, and their columns. */
    record Meaning(String field, List<String> columns, boolean optional) {}

    @GetMapping
    ModelAndView list() {
        var uses = this.uses.byProfile();
        var lines = new ArrayList<Line>();
        for (var name : profiles.names()) {
            lines.add(line(name, uses.getOrDefault(name, new TreeSet<>())));
        }
        var page = new ModelAndView("console/mapping/profiles");
        page.addObject("lines", lines);
        page.addObject("held", held());
        rights(page);
        return page;
    }

    private Line line(String name, SortedSet<String> routes) {
        var open = versions.latest(ProfileKind.KIND, name).filter(ProfilePages::isOpen);
        var inForce = versions.inForce(ProfileKind.KIND, name);
        return switch (profiles.refresh(name)) {
            case org.postbag.receiving.Profile profile ->
                new Line(name, profile.channel().label(), routes, inForce.orElse(null), open.orElse(null), null);
            case ProfileProblem(var problem) ->
                new Line(name, "", routes, inForce.orElse(null), open.orElse(null), problem);
        };
    }

    private static boolean isOpen(Version version) {
        return Steps.open().contains(version.state());
    }

    private List<HeldExport> held() {
        return exports.stream().flatMap(all -> all.held().stream()).toList();
    }

    private void rights(ModelAndView page) {
        page.addObject("mayEdit", may.edit());
        page.addObject("mayOperate", may.operate());
        page.addObject("mayOpenQuarantine", may.seeContent());
    }

    @GetMapping("/" + NAME)
    ModelAndView one(@PathVariable String name) {
        var text = profiles.text(name).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        var page = new ModelAndView("console/mapping/profile");
        page.addObject("line", line(name, uses.of(name)));
        var written = WrittenProfile.of(text).orElse(WrittenProfile.EMPTY);
        page.addObject("written", written);
        page.addObject("meanings", meanings(written));
        page.addObject("settings", settings(written));
        page.addObject("text", text);
        page.addObject(
                "versions",
                versions.all(ProfileKind.KIND, name).stream()
                        .limit(VERSIONS_SHOWN_MAX)
                        .toList());
        page.addObject(
                "held",
                held().stream().filter(export -> export.profile().equals(name)).toList());
        rights(page);
        return page;
    }

    private static List<Meaning> meanings(WrittenProfile written) {
        return written.columns().entrySet().stream()
                .map(entry -> new Meaning(
                        Fields.label(entry.getKey()),
                        entry.getValue(),
                        written.list(WrittenProfile.OPTIONAL).contains(entry.getKey())))
                .toList();
    }

    /** What it says besides, in people's words. */
    private static Map<String, String> settings(WrittenProfile written) {
        var settings = new LinkedHashMap<String, String>();
        put(settings, "Public source", written.word(WrittenProfile.SOURCE, ""));
        put(settings, "All entries are", written.word(WrittenProfile.KIND, ""));
        put(settings, "Category of all", written.word(WrittenProfile.CATEGORY, ""));
        put(settings, "Numbers of the register", written.word(WrittenProfile.REGISTER, ""));
        put(settings, "Time zone", written.word(WrittenProfile.TIME_ZONE, ""));
        put(
                settings,
                "Telephone numbers are of",
                TelephoneRegion.of(written.word(WrittenProfile.TELEPHONE_REGION, TelephoneRegion.UK.code()))
                        .map(TelephoneRegion::name)
                        .orElse(""));
        put(settings, "Times are written", String.join("; ", written.list(WrittenProfile.DATES)));
        put(settings, "Between cells", written.word(WrittenProfile.DELIMITER, "found out from the file"));
        put(settings, "Encodings", String.join(", ", written.list(WrittenProfile.ENCODINGS)));
        put(settings, "The file has no header", String.join(", ", written.list(WrittenProfile.HEADINGS)));
        for (var kind : CodedField.ALL) {
            written.map(kind.setting())
                    .forEach((meaning, words) -> put(
                            settings,
                            Fields.label(kind.field()) + ": " + meaning.replace('-', ' '),
                            String.join(", ", words)));
        }
        put(settings, "We called or wrote", String.join(", ", written.list(WrittenProfile.OUTBOUND)));
        put(settings, "No number", String.join(", ", written.list(WrittenProfile.WITHHELD)));
        return settings;
    }

    private static void put(Map<String, String> settings, String name, String value) {
        if (!value.isEmpty()) {
            settings.put(name, value);
        }
    }

    @GetMapping("/" + NAME + "/change")
    @AllowedTo({Role.ROUTE_EDITOR, Role.ROUTE_APPROVER, Role.ADMINISTRATOR})
    ModelAndView change(@PathVariable String name) {
        if (profiles.text(name).isEmpty()) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        var held =
                held().stream().filter(export -> export.profile().equals(name)).toList();
        return SamplePage.upload(name, Optional.empty(), held);
    }

    @GetMapping("/new")
    @AllowedTo({Role.ROUTE_EDITOR, Role.ROUTE_APPROVER, Role.ADMINISTRATOR})
    ModelAndView start() {
        return SamplePage.upload("", Optional.of(Channel.TELEPHONE), List.of());
    }

    /** A held export goes back into its folder, as from Quarantine: once its profile was changed it is taken. */
    @PostMapping("/held/{id:[0-9]{1,18}}/release")
    @AllowedTo({Role.ROUTE_OPERATOR, Role.ROUTE_EDITOR, Role.ROUTE_APPROVER, Role.ADMINISTRATOR})
    String release(@PathVariable long id, RedirectAttributes redirect) {
        redirect.addFlashAttribute(Notice.ATTRIBUTE, release(id));
        return "redirect:" + PATH;
    }

    private Notice release(long id) {
        try {
            return exports.stream().anyMatch(all -> all.release(id, may.actor()))
                    ? new Notice("Put back into its folder: it is taken within seconds, or held again.")
                    : Notice.refusal("Nothing was done: the file is no longer held.");
        } catch (ReceivingUnavailable away) {
            return Notice.refusal("Nothing was done: its folder or its store is away. The file is still held.");
        }
    }
}
