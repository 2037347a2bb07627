package org.postbag.console.mapping;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postbag.audit.Action;
import org.postbag.audit.AuditEvent;
import org.postbag.audit.AuditTrail;
import org.postbag.audit.Subject;
import org.postbag.console.changing.Version.Origin;
import org.postbag.console.mapping.Drafting.Base;
import org.postbag.console.mapping.Drafting.Saved;
import org.postbag.console.reaching.Samples;
import org.postbag.console.reaching.Samples.Sample;
import org.postbag.receiving.Channel;
import org.postbag.receiving.ProfileProblem;
import org.postbag.receiving.Profiles;
import org.postbag.receiving.ReceivingUnavailable;
import org.postbag.receiving.exports.SampleLook;
import org.postbag.receiving.exports.SampleLook.Hints;
import org.postbag.receiving.exports.SampleLook.Look;
import org.postbag.staff.AllowedTo;
import org.postbag.staff.PageError;
import org.postbag.staff.Role;
import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** A sample's columns are given a meaning by choosing; what would be filed is shown; the profile that comes of it is saved as a draft. */
@Controller
@Profile("!command")
@RequestMapping(SamplePage.PATH)
@AllowedTo({Role.ROUTE_EDITOR, Role.ROUTE_APPROVER, Role.ADMINISTRATOR})
class MappingPage {

    private static final String ONE = "/{id}";

    private final Samples samples;
    private final Profiles profiles;
    private final Drafting drafting;
    private final MayChange may;
    private final AuditTrail trail;
    private final Clock clock;

    MappingPage(Samples samples, Profiles profiles, Drafting drafting, MayChange may, AuditTrail trail, Clock clock) {
        this.samples = samples;
        this.profiles = profiles;
        this.drafting = drafting;
        this.may = may;
        this.trail = trail;
        this.clock = clock;
    }

    @GetMapping(ONE)
    ModelAndView look(
            @PathVariable String id,
            @RequestParam(defaultValue = "") String profile,
            @RequestParam(defaultValue = "") String channel) {
        return page(id, Map.of("profile", profile, "channel", channel), List.of());
    }

    @PostMapping(ONE)
    ModelAndView map(@PathVariable String id, @RequestParam Map<String, String> sent, RedirectAttributes redirect) {
        if (sent.containsKey("save")) {
            return save(id, sent, redirect);
        }
        return page(id, sent, List.of());
    }

    private ModelAndView save(String id, Map<String, String> sent, RedirectAttributes redirect) {
        var errors = new ArrayList<PageError>();
        var reason = Drafting.reason(sent.get("reason"));
        if (reason.wrong() != null) {
            errors.add(reason.wrong());
        }
        var page = page(id, sent, errors);
        if (!(page.getModel().get("shown") instanceof Shown shown)) {
            return page;
        }
        if (shown.problem() != null) {
            errors.add(new PageError("columns", shown.problem()));
        }
        if (errors.isEmpty()) {
            var saved = drafting.save(
                    ProfileKind.KIND,
                    shown.profile(),
                    shown.yaml(),
                    Drafting.number(sent.get("base")),
                    may.actor(),
                    reason.text(),
                    Origin.FORM);
            switch (saved) {
                case Saved.Draft draft -> {
                    return draft.shown(redirect);
                }
                case Saved.Same _ ->
                    errors.add(new PageError("columns", "Nothing was saved: this is what the profile says already"));
                case Saved.Overtaken(var latest) -> {
                    errors.add(new PageError(
                            "columns",
                            "Nothing was saved: version %d was saved meanwhile. Look at the difference below. Saving again puts yours in its place"
                                    .formatted(latest.number())));
                    page.addObject("latest", latest);
                    page.addObject("base", latest.number());
                }
            }
        }
        return PageError.on(page, errors);
    }

    /**
     * What the page shows.
     *
     * @param problem why the profile can't be used as it is, or null
     * @param preview what would be filed, or null where it can't be told
     */
    record Shown(
            String profile,
            Channel channel,
            Mapping mapping,
            String yaml,
            @Nullable String problem,
            @Nullable MappingPreview preview) {}

    private ModelAndView page(String id, Map<String, String> sent, List<PageError> errors) {
        try {
            var sample = samples.named(id).orElse(null);
            if (sample == null) {
                return gone();
            }
            var name = sent.getOrDefault("profile", "");
            var profile =
                    name.isEmpty() && sample.held() != null ? sample.held().profile() : name;
            if (!Profiles.isName(profile)) {
                return gone();
            }
            var base = drafting.base(ProfileKind.KIND, profile, profiles.fileText(profile));
            var written = WrittenProfile.of(base.text()).orElse(WrittenProfile.EMPTY);
            var channel = Channel.of(
                            base.text().isEmpty()
                                    ? sent.getOrDefault("channel", "")
                                    : written.word(WrittenProfile.CHANNEL, Channel.TELEPHONE.code()))
                    .filter(ProfilePages.CHANNELS::contains)
                    .orElse(Channel.TELEPHONE);
            return samples.look(sample, file -> page(sample, file, profile, channel, base, written, sent, errors))
                    .orElseGet(MappingPage::gone);
        } catch (ReceivingUnavailable away) {
            return status(new ModelAndView("console/mapping/away"), HttpStatus.SERVICE_UNAVAILABLE);
        } catch (IOException away) {
            throw new UncheckedIOException(away);
        }
    }

    private ModelAndView page(
            Sample sample,
            Path file,
            String profile,
            Channel channel,
            Base base,
            WrittenProfile written,
            Map<String, String> sent,
            List<PageError> errors)
            throws IOException {
        var look = SampleLook.at(file, hints(written, sent));
        if (look instanceof Look.Unfit(var reason)) {
            var page = new ModelAndView("console/mapping/unfit");
            page.addObject("sample", sample);
            page.addObject("profile", profile);
            page.addObject("reason", reason);
            return page;
        }
        var columns = (Look.Columns) look;
        boolean first = !sent.containsKey("mapped");
        var mapping =
                first ? Mapping.suggested(channel, written, columns) : Mapping.of(channel, written, columns, sent);
        var shown = shown(profile, mapping, base, file, sample);
        boolean seesContent = may.seeContent();
        if (seesContent) {
            var held = sample.held();
            var subject =
                    held == null ? new Subject("sample", sample.id()) : new Subject("export", Long.toString(held.id()));
            trail.record(new AuditEvent(may.actor(), Action.LOOKED, subject, "Mapped its columns"));
        }
        var page = new ModelAndView("console/mapping/map");
        page.addObject("shown", shown);
        page.addObject("sample", sample);
        page.addObject("view", MappingView.of(shown, seesContent, sent.getOrDefault("page", "1")));
        page.addObject("seesContent", seesContent);
        page.addObject("base", first ? base.number() : Drafting.number(sent.get("base")));
        page.addObject("open", base.open());
        page.addObject("reason", sent.getOrDefault("reason", ""));
        page.addObject("fresh", base.text().isEmpty());
        page.addObject("errors", errors);
        page.addObject("keptDays", Samples.KEPT_DAYS);
        return page;
    }

    private Shown shown(String name, Mapping mapping, Base base, Path file, Sample sample) throws IOException {
        var written = mapping.profile();
        var yaml = base.text().isEmpty() ? ProfileText.write(written) : ProfileText.write(written, base.text());
        var route = sample.held() == null ? "sample" : sample.held().route();
        return switch (Profiles.parse(name, "The profile", yaml)) {
            case ProfileProblem(var problem) ->
                new Shown(name, mapping.channel(), mapping, yaml, inWords(problem), null);
            case org.postbag.receiving.Profile profile ->
                new Shown(name, mapping.channel(), mapping, yaml, null, MappingPreview.of(file, route, profile, clock));
        };
    }

    /** Who chooses from lists has never seen a line of the profile. */
    private static String inWords(String problem) {
        if (problem.contains("columns.when") || problem.contains("columns is missing")) {
            return "Choose the column that says when it was: nothing can be filed without it";
        }
        if (problem.contains("columns.name")) {
            return "Choose the column that says who it is: nothing can be filed without it";
        }
        var said = problem.replaceFirst("^The profile( line [0-9]+)?: ", "");
        return Character.toUpperCase(said.charAt(0)) + said.substring(1);
    }

    /** What the profile so far, and the page, say about how the file is written. */
    private static Hints hints(WrittenProfile base, Map<String, String> sent) {
        var known = new HashSet<String>();
        base.columns()
                .values()
                .forEach(names -> names.forEach(name -> known.add(org.postbag.receiving.Profile.key(name))));
        var encodings = new ArrayList<Charset>();
        var written = sent.containsKey("s-encodings")
                ? List.of(sent.getOrDefault("s-encodings", "").split(","))
                : base.list(WrittenProfile.ENCODINGS);
        for (var name : written) {
            try {
                encodings.add(Charset.forName(name.strip()));
            } catch (IllegalArgumentException unknown) {
                // The profile's own check says which it is.
                continue;
            }
        }
        if (encodings.isEmpty()) {
            encodings.addAll(List.of(StandardCharsets.UTF_8, Charset.forName("windows-1252")));
        }
        var word = sent.getOrDefault("s-delimiter", base.word(WrittenProfile.DELIMITER, ""));
        Character delimiter = word.equals("tab")
                ? Character.valueOf('\t')
                : word.length() == 1 ? Character.valueOf(word.charAt(0)) : null;
        Boolean headed = switch (sent.getOrDefault("headed", "")) {
            case "yes" -> Boolean.TRUE;
            case "no" -> Boolean.FALSE;
            default ->
                base.columns().isEmpty()
                        ? null
                        : base.list(WrittenProfile.HEADINGS).isEmpty();
        };
        return new Hints(encodings, delimiter, known, headed);
    }

    private static ModelAndView gone() {
        return status(new ModelAndView("console/mapping/gone"), HttpStatus.NOT_FOUND);
    }

    private static ModelAndView status(ModelAndView page, HttpStatus status) {
        page.setStatus(status);
        return page;
    }
}
