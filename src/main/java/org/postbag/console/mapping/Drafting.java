package org.postbag.console.mapping;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postbag.console.changing.Drafted;
import org.postbag.console.changing.Steps;
import org.postbag.console.changing.Version;
import org.postbag.console.changing.Version.Origin;
import org.postbag.console.changing.Versions;
import org.postbag.receiving.CleanText;
import org.postbag.staff.Notice;
import org.postbag.staff.Reason;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** From what a change begins, and how it becomes a draft. */
@Component
@Profile("!command")
class Drafting {

    private final Versions versions;

    Drafting(Versions versions) {
        this.versions = versions;
    }

    /**
     * What a change begins from.
     *
     * @param number of the latest version, 0 where there is none
     * @param text of the draft that is on its way, else what is in force; empty for something new
     * @param open the draft that is on its way, or null
     */
    record Base(int number, String text, @Nullable Version open) {}

    Base base(String kind, String name, Optional<String> fileText) {
        var latest = versions.latest(kind, name);
        var open = latest.filter(version -> Steps.open().contains(version.state()));
        var text =
                open.or(() -> versions.inForce(kind, name)).map(Version::text).or(() -> fileText);
        return new Base(latest.map(Version::number).orElse(0), text.orElse(""), open.orElse(null));
    }

    /** What became of saving. */
    sealed interface Saved {

        /** @param path of the draft's page */
        record Draft(String path) implements Saved {

            ModelAndView shown(RedirectAttributes redirect) {
                redirect.addFlashAttribute(
                        Notice.ATTRIBUTE, new Notice("Saved as a draft. It changes nothing until it is approved."));
                return new ModelAndView("redirect:" + path);
            }
        }

        /** It says what is in force, or in the draft, already. */
        record Same(String path) implements Saved {}

        /** @param latest what somebody else saved in between: nothing was saved */
        record Overtaken(Version latest) implements Saved {}
    }

    Saved save(String kind, String name, String text, int base, String author, String reason, Origin origin) {
        return switch (versions.draft(kind, name, text, base, author, CleanText.line(reason), origin)) {
            case Drafted.Saved(var version) -> new Saved.Draft(page(version));
            case Drafted.Unchanged(var version) -> new Saved.Same(page(version));
            case Drafted.Overtaken(var latest) -> new Saved.Overtaken(latest);
        };
    }

    private static String page(Version version) {
        return Versions.page(version.kind(), version.name(), version.number());
    }

    static Reason reason(@Nullable String typed) {
        return Reason.read(typed, "Enter why you change it");
    }

    /** The number that a page sent; -1, which is nobody's, for anything else: then the draft counts as overtaken. */
    static int number(@Nullable String sent) {
        return sent != null && sent.matches("[0-9]{1,9}") ? Integer.parseInt(sent) : -1;
    }
}
