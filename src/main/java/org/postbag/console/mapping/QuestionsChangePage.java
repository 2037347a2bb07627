package org.postbag.console.mapping;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postbag.console.changing.Version.Origin;
import org.postbag.console.mapping.Drafting.Saved;
import org.postbag.receiving.FormTopics;
import org.postbag.receiving.Question;
import org.postbag.receiving.Topics;
import org.postbag.receiving.Topics.Topic;
import org.postbag.receiving.TopicsLookup;
import org.postbag.staff.AllowedTo;
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

/**
 * The contact form's topics and questions are changed one step at a time. What is changed but not saved yet goes from page to page as text, so that nothing is
 * kept for whoever goes away, and the browser's way back undoes a step.
 */
@Controller
@Profile("!command")
@RequestMapping(QuestionsPages.PATH + "/change")
@AllowedTo({Role.ROUTE_EDITOR, Role.ROUTE_APPROVER, Role.ADMINISTRATOR})
class QuestionsChangePage {

    private static final List<String> CLAIMS =
            List.of("name", "email", "telephone", "postcode", "organisation", "location", "handle");

    private final FormTopics topics;
    private final QuestionsFile file;
    private final Drafting drafting;
    private final MayChange may;

    QuestionsChangePage(FormTopics topics, QuestionsFile file, Drafting drafting, MayChange may) {
        this.topics = topics;
        this.file = file;
        this.drafting = drafting;
        this.may = may;
    }

    @GetMapping
    ModelAndView begin() {
        var base = drafting.base(QuestionsKind.KIND, QuestionsKind.NAME, file.text());
        var text = base.text().isEmpty() || TopicsEdit.read(base.text()).isEmpty()
                ? TopicsText.write(topics.now().all(), "")
                : base.text();
        return outline(new Step(text, base.number(), "")).addObject("open", base.open());
    }

    /** Where a change stands. */
    record Step(String text, int base, String reason) {

        static Step of(Map<String, String> sent) {
            return new Step(
                    sent.getOrDefault("text", "").replace("\r\n", "\n"),
                    Drafting.number(sent.get("base")),
                    sent.getOrDefault("reason", "").strip());
        }

        Step with(String changed) {
            return new Step(changed, base, reason);
        }
    }

    /** What a button says: what to do, and with which topic and question. */
    record Command(String verb, int topic, int question) {

        static Command of(String sent) {
            var parts = sent.split(":", -1);
            return new Command(parts[0], place(parts, 1), place(parts, 2));
        }

        private static int place(String[] parts, int at) {
            return parts.length > at && parts[at].matches("[0-9]{1,4}") ? Integer.parseInt(parts[at]) : -1;
        }
    }

    @PostMapping
    ModelAndView change(@RequestParam Map<String, String> sent, RedirectAttributes redirect) {
        var step = Step.of(sent);
        var all = TopicsEdit.read(step.text());
        if (all.isEmpty()) {
            return begin();
        }
        var command = Command.of(sent.getOrDefault("do", ""));
        return switch (command.verb()) {
            case "save" -> save(step, redirect);
            case "preview", "en", "cy" -> previewOf(step, all, command.verb());
            case "topic-up" -> changed(step, TopicsEdit.moved(all, command.topic(), -1));
            case "topic-down" -> changed(step, TopicsEdit.moved(all, command.topic(), 1));
            case "topic-remove" -> changed(step, TopicsEdit.without(all, command.topic()));
            case "topic" -> topicPage(step, command.topic(), topic(all, command.topic()));
            case "topic-save", "question", "question-up", "question-down", "question-remove" ->
                topicStep(step, all, command, sent);
            case "question-save" -> questionStep(step, all, command, sent);
            default -> outline(step);
        };
    }

    private static @Nullable Topic topic(List<Topic> all, int at) {
        return at >= 0 && at < all.size() ? all.get(at) : null;
    }

    private ModelAndView previewOf(Step step, List<Topic> all, String language) {
        return QuestionsPages.preview(all, language).addObject("step", step);
    }

    private ModelAndView changed(Step step, List<Topic> changed) {
        var text = TopicsText.write(changed, step.text());
        return switch (Topics.parse("The topics", text)) {
            case Topics _ -> outline(step.with(text));
            case TopicsLookup.Problem(var problem) ->
                outline(step).addObject("errors", List.of(new PageError("topics", inWords(problem))));
        };
    }

    private ModelAndView outline(Step step) {
        var page = new ModelAndView("console/mapping/questions-change");
        page.addObject("step", step);
        page.addObject("topics", TopicsEdit.read(step.text()));
        return page;
    }

    /** The names of the topic that were typed are taken with whatever is done on its page. */
    private ModelAndView topicStep(Step step, List<Topic> all, Command command, Map<String, String> sent) {
        var before = topic(all, command.topic());
        var typed = TopicsEdit.topic(sent, before);
        var questions = switch (command.verb()) {
            case "question-up" -> TopicsEdit.moved(typed.questions(), command.question(), -1);
            case "question-down" -> TopicsEdit.moved(typed.questions(), command.question(), 1);
            case "question-remove" -> TopicsEdit.without(typed.questions(), command.question());
            default -> typed.questions();
        };
        var changed = TopicsEdit.withQuestions(typed, questions);
        var place = before == null ? all.size() : command.topic();
        var text = TopicsText.write(TopicsEdit.put(all, command.topic(), changed), step.text());
        if (Topics.parse("The topics", text) instanceof TopicsLookup.Problem(var problem)) {
            return new PageError("name", inWords(problem)).on(topicPage(step, command.topic(), changed));
        }
        var next = step.with(text);
        return switch (command.verb()) {
            case "topic-save" -> outline(next);
            case "question" -> {
                boolean there = command.question() >= 0 && command.question() < questions.size();
                yield questionPage(
                        next, place, there ? command.question() : -1, there ? questions.get(command.question()) : null);
            }
            default -> topicPage(next, place, changed);
        };
    }

    private ModelAndView topicPage(Step step, int at, @Nullable Topic topic) {
        var page = new ModelAndView("console/mapping/topic");
        page.addObject("step", step);
        page.addObject("at", at);
        page.addObject("topic", topic);
        page.addObject("errors", List.of());
        return page;
    }

    private ModelAndView questionStep(Step step, List<Topic> all, Command command, Map<String, String> sent) {
        var topic = topic(all, command.topic());
        if (topic == null) {
            return outline(step);
        }
        var taken = new HashSet<>(TopicsEdit.ids(all));
        boolean there = command.question() >= 0
                && command.question() < topic.questions().size();
        if (there) {
            taken.remove(topic.questions().get(command.question()).id());
        }
        var question = TopicsEdit.question(sent, taken);
        var changed = TopicsEdit.withQuestions(topic, TopicsEdit.put(topic.questions(), command.question(), question));
        var text = TopicsText.write(TopicsEdit.put(all, command.topic(), changed), step.text());
        if (Topics.parse("The topics", text) instanceof TopicsLookup.Problem(var problem)) {
            return new PageError(field(problem), inWords(problem))
                    .on(questionPage(step, command.topic(), command.question(), question));
        }
        return topicPage(step.with(text), command.topic(), changed);
    }

    private ModelAndView questionPage(Step step, int topic, int at, @Nullable Question question) {
        var page = new ModelAndView("console/mapping/question");
        page.addObject("step", step);
        page.addObject("topicAt", topic);
        page.addObject("at", at);
        page.addObject("question", question);
        page.addObject("kinds", Question.Kind.values());
        page.addObject("claims", CLAIMS);
        page.addObject("newLine", "\n");
        page.addObject("errors", List.of());
        return page;
    }

    private ModelAndView save(Step step, RedirectAttributes redirect) {
        var reason = Drafting.reason(step.reason());
        if (reason.wrong() != null) {
            return reason.wrong().on(outline(step));
        }
        return switch (drafting.save(
                QuestionsKind.KIND,
                QuestionsKind.NAME,
                step.text(),
                step.base(),
                may.actor(),
                reason.text(),
                Origin.FORM)) {
            case Saved.Draft draft -> draft.shown(redirect);
            case Saved.Same _ -> new PageError("topics", "Nothing was saved: nothing is changed").on(outline(step));
            case Saved.Overtaken(var latest) ->
                new PageError(
                                "topics",
                                "Nothing was saved: version %d was saved meanwhile. Look at it first. Saving again puts yours in its place"
                                        .formatted(latest.number()))
                        .on(outline(new Step(step.text(), latest.number(), step.reason()))
                                .addObject("latest", latest));
        };
    }

    /** Who fills in forms has never seen a line of the file. */
    private static String inWords(String problem) {
        var said = problem.replaceFirst("^The topics( line [0-9]+)?: ", "")
                .replace("question must be a word or a text", "enter the question")
                .replace("name must be a word or a text", "enter the topic’s name")
                .replace("welsh-question must be a word or a text", "enter the question in Welsh too")
                .replace("topics must be a list with something in it", "one topic must be left");
        return said.substring(0, 1).toUpperCase(Locale.ROOT) + said.substring(1);
    }

    private static String field(String problem) {
        if (problem.contains("welsh")) {
            return problem.contains("options")
                    ? "welshOptions"
                    : problem.contains("hint") ? "welshHint" : "welshQuestion";
        }
        return problem.contains("options")
                ? "options"
                : problem.contains("id") && !problem.contains("question must") ? "questionId" : "question";
    }
}
