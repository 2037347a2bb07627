package org.postbag.normalising.mail;

import java.util.Map;
import java.util.Objects;

/** What mail programs write around a quote, in the languages of {@code quoting.txt}, which says what each list holds. */
final class QuotingWords {

    private static final Map<String, Phrases> LISTS = Phrases.read("quoting.txt");

    static final Phrases WROTE = list("wrote");
    static final Phrases SAID = list("said");
    static final Phrases POSTED = list("posted");
    static final Phrases OPEN = list("open");
    static final Phrases FROM = list("from");
    static final Phrases LABEL = list("label");
    static final Phrases ORIGINAL = list("original");
    static final Phrases FORWARDED = list("forwarded");
    static final Phrases DEVICE = list("device");
    static final Phrases FOOTER = list("footer");

    private QuotingWords() {}

    private static Phrases list(String name) {
        return Objects.requireNonNull(LISTS.get(name), name);
    }
}
