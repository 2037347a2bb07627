package org.postbag.console.mapping;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.postbag.console.changing.Version;
import org.postbag.console.changing.Versions;
import org.postbag.receiving.FormTopics;
import org.postbag.receiving.Topics.Topic;
import org.postbag.staff.AllowedTo;
import org.postbag.staff.Role;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** The contact form's topics and questions as they are, as the public sees them, and the versions that there were. */
@Controller
@Profile("!command")
@RequestMapping(QuestionsPages.PATH)
@AllowedTo({Role.ROUTE_VIEWER, Role.ROUTE_OPERATOR, Role.ROUTE_EDITOR, Role.ROUTE_APPROVER, Role.ADMINISTRATOR})
class QuestionsPages {

    static final String PATH = "/routes/questions";

    private static final int VERSIONS_SHOWN_MAX = 50;

    private final FormTopics topics;
    private final Versions versions;
    private final Drafting drafting;
    private final MayChange may;

    QuestionsPages(FormTopics topics, Versions versions, Drafting drafting, MayChange may) {
        this.topics = topics;
        this.versions = versions;
        this.drafting = drafting;
        this.may = may;
    }

    @GetMapping
    ModelAndView show() {
        var page = new ModelAndView("console/mapping/questions");
        page.addObject("topics", topics.now().all());
        page.addObject(
                "inForce",
                versions.inForce(QuestionsKind.KIND, QuestionsKind.NAME).orElse(null));
        page.addObject(
                "open",
                drafting.base(QuestionsKind.KIND, QuestionsKind.NAME, Optional.empty())
                        .open());
        page.addObject(
                "versions",
                versions.all(QuestionsKind.KIND, QuestionsKind.NAME).stream()
                        .limit(VERSIONS_SHOWN_MAX)
                        .toList());
        page.addObject("mayEdit", may.edit());
        return page;
    }

    /** @param version the one to be shown; without it, what is in force */
    @GetMapping("/preview")
    ModelAndView preview(@RequestParam Optional<Integer> version, @RequestParam(defaultValue = "en") String lang) {
        var chosen = version.flatMap(number -> versions.byNumber(QuestionsKind.KIND, QuestionsKind.NAME, number));
        var shown = chosen.map(Version::text)
                .map(TopicsEdit::read)
                .orElseGet(() -> topics.now().all());
        return preview(shown, lang)
                .addObject("version", chosen.map(Version::number).orElse(null));
    }

    /** As the public form shows them. */
    static ModelAndView preview(List<Topic> topics, String lang) {
        var page = new ModelAndView("console/mapping/preview");
        page.addObject("topics", topics);
        page.addObject("language", new Language(lang.equals("cy") ? "cy" : "en"));
        page.addObject("wrong", Map.of());
        return page;
    }

    /** As the public form's own fragments ask for it. */
    public record Language(String code) {}
}
