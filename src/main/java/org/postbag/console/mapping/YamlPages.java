package org.postbag.console.mapping;

import java.util.List;
import java.util.Optional;
import org.postbag.console.changing.Changeable;
import org.postbag.console.changing.Finding;
import org.postbag.console.changing.Version.Origin;
import org.postbag.console.mapping.Drafting.Saved;
import org.postbag.staff.AllowedTo;
import org.postbag.staff.PageError;
import org.postbag.staff.Role;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** For experts: a profile, or the contact form's topics, as text, with the same checks. */
@Controller
@Profile("!command")
@AllowedTo({Role.ROUTE_EDITOR, Role.ROUTE_APPROVER, Role.ADMINISTRATOR})
class YamlPages {

    private static final String OF_PROFILE = ProfilePages.PATH + "/" + ProfilePages.NAME + "/yaml";
    private static final String OF_QUESTIONS = QuestionsPages.PATH + "/yaml";
    private static final int TEXT_LENGTH_MAX = 1_000_000;

    private final ProfileKind profiles;
    private final QuestionsKind questions;
    private final Drafting drafting;
    private final MayChange may;

    YamlPages(ProfileKind profiles, QuestionsKind questions, Drafting drafting, MayChange may) {
        this.profiles = profiles;
        this.questions = questions;
        this.drafting = drafting;
        this.may = may;
    }

    @GetMapping(OF_PROFILE)
    ModelAndView profile(@PathVariable String name) {
        return begin(profiles, name, ProfilePages.PATH + "/" + name);
    }

    @PostMapping(OF_PROFILE)
    ModelAndView profile(
            @PathVariable String name,
            @RequestParam(defaultValue = "") String text,
            @RequestParam(defaultValue = "") String base,
            @RequestParam(defaultValue = "") String reason,
            @RequestParam Optional<String> save,
            RedirectAttributes redirect) {
        return sent(profiles, name, ProfilePages.PATH + "/" + name, text, base, reason, save.isPresent(), redirect);
    }

    @GetMapping(OF_QUESTIONS)
    ModelAndView questions() {
        return begin(questions, QuestionsKind.NAME, QuestionsPages.PATH);
    }

    @PostMapping(OF_QUESTIONS)
    ModelAndView questions(
            @RequestParam(defaultValue = "") String text,
            @RequestParam(defaultValue = "") String base,
            @RequestParam(defaultValue = "") String reason,
            @RequestParam Optional<String> save,
            RedirectAttributes redirect) {
        return sent(questions, QuestionsKind.NAME, QuestionsPages.PATH, text, base, reason, save.isPresent(), redirect);
    }

    private ModelAndView begin(Changeable kind, String name, String back) {
        var base = drafting.base(kind.kind(), name, kind.fileText(name));
        var page = page(kind, name, back, base.text(), base.number(), "");
        page.addObject("open", base.open());
        return page;
    }

    private static ModelAndView page(Changeable kind, String name, String back, String text, int base, String reason) {
        var page = new ModelAndView("console/mapping/yaml");
        page.addObject("kind", kind.kind());
        page.addObject("name", name);
        page.addObject("back", back);
        page.addObject("text", text);
        page.addObject("base", base);
        page.addObject("reason", reason);
        return page;
    }

    private ModelAndView sent(
            Changeable kind,
            String name,
            String back,
            String sent,
            String base,
            String reason,
            boolean save,
            RedirectAttributes redirect) {
        // Browsers send every line's end as two characters.
        var text = sent.replace("\r\n", "\n");
        int number = Drafting.number(base);
        var page = page(kind, name, back, text, number, reason);
        if (text.length() > TEXT_LENGTH_MAX) {
            return new PageError("text", "The text is longer than a million characters").on(page);
        }
        if (text.indexOf('\0') >= 0) {
            return new PageError("text", "The text has a byte in it that no text has (NUL). Take it out").on(page);
        }
        List<Finding> findings = kind.check(name, text);
        page.addObject("findings", findings);
        if (!save) {
            return page;
        }
        var why = Drafting.reason(reason);
        if (why.wrong() != null) {
            return why.wrong().on(page);
        }
        return switch (drafting.save(kind.kind(), name, text, number, may.actor(), why.text(), Origin.YAML)) {
            case Saved.Draft draft -> draft.shown(redirect);
            case Saved.Same _ -> new PageError("text", "Nothing was saved: the text is what it was").on(page);
            case Saved.Overtaken(var latest) -> {
                page.addObject("latest", latest);
                page.addObject("base", latest.number());
                yield new PageError(
                                "text",
                                "Nothing was saved: version %d was saved meanwhile. It stands below yours. Saving again puts yours in its place"
                                        .formatted(latest.number()))
                        .on(page);
            }
        };
    }
}
