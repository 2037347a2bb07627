package org.postbag.receiving;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The contact form's topics in force, and those of a while before: a form that somebody has open when they change is read by those that it showed. Answers at
 * once whatever is away. Safe for many threads.
 */
public final class FormTopics {

    private static final Logger LOG = LoggerFactory.getLogger(FormTopics.class);
    private static final int EARLIER_MAX = 20;

    private final Topics file;
    private final Supplier<TextsInForce> console;
    private volatile State state;

    /** @param shown the topics in force first, then earlier ones */
    private record State(long version, List<Topics> shown) {}

    /** @param file the topics that hold while the console has put none in force */
    public FormTopics(Topics file, Supplier<TextsInForce> console) {
        this.file = file;
        this.console = console;
        this.state = new State(0, List.of(file));
    }

    /** Topics that nobody changes. */
    public static FormTopics of(Topics topics) {
        return new FormTopics(topics, () -> TextsInForce.NONE);
    }

    public Topics now() {
        return state.shown().getFirst();
    }

    /** Those that a page showed, by its {@link Topics#mark}; those in force where they aren't known any more. */
    public Topics shown(String mark) {
        return state.shown().stream()
                .filter(topics -> topics.mark().equals(mark))
                .findFirst()
                .orElseGet(this::now);
    }

    /** Those by which a program answered: the latest that ask all of these questions, else those in force. */
    public Topics asking(Collection<String> questions) {
        return state.shown().stream()
                .filter(topics ->
                        questions.stream().allMatch(id -> topics.question(id).isPresent()))
                .findFirst()
                .orElseGet(this::now);
    }

    /** Reads again what is in force. What can't be told now stays as it was. */
    public void refresh() {
        try {
            var text = console.get().all(TextsInForce.QUESTIONS).get(TextsInForce.CONTACT_FORM);
            if (version(text) == state.version()) {
                return;
            }
            var shown = new ArrayList<Topics>();
            shown.add(text == null ? file : Objects.requireNonNullElse(read(text.text()), now()));
            console.get()
                    .earlier(TextsInForce.QUESTIONS, TextsInForce.CONTACT_FORM, EARLIER_MAX)
                    .forEach(earlier -> add(shown, read(earlier)));
            state.shown().forEach(earlier -> add(shown, earlier));
            add(shown, file);
            state = new State(version(text), List.copyOf(shown.subList(0, Math.min(shown.size(), EARLIER_MAX))));
        } catch (UncheckedIOException away) {
            LOG.debug("What is in force of the contact form can't be told now");
        }
    }

    private static void add(List<Topics> shown, @Nullable Topics topics) {
        if (topics != null && !shown.contains(topics)) {
            shown.add(topics);
        }
    }

    private static long version(TextsInForce.@Nullable Text text) {
        return text == null ? 0 : text.version();
    }

    private static @Nullable Topics read(String text) {
        return switch (Topics.parse("The contact form’s topics", text)) {
            case Topics topics -> topics;
            case TopicsLookup.Problem(var problem) -> {
                LOG.error("A version of the contact form's topics can't be used: {}", problem);
                yield null;
            }
        };
    }
}
