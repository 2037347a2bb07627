package org.postbag.console.mapping;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postbag.receiving.Profile;
import org.postbag.receiving.PublicSource;
import org.postbag.receiving.exports.SampleLook.Column;
import org.postbag.retention.Category;

/**
 * A field whose words stand for codes of ours, as a profile says: how a call ended, which way it went, and so on. CodedField that the sample doesn't have keep their meaning.
 *
 * @param field whose column holds the words
 * @param setting of the profile that says what they mean
 * @param question asked about each word
 * @param meanings ours, in people's words, by code
 * @param guesses what words mean without being told, by key
 */
record CodedField(
        String field, String setting, String question, Map<String, String> meanings, Map<String, String> guesses) {

    /** More different words than that are no words with a meaning, but texts. */
    static final int WORDS_MAX = 40;

    private static final String YES = "yes";

    static final List<CodedField> ALL = List.of(
            new CodedField(
                    "outcome",
                    WrittenProfile.OUTCOMES,
                    "How did the call end?",
                    ordered(
                            "answered", "Answered",
                            "abandoned", "Abandoned",
                            "outbound", "We called them",
                            "test", "A test call"),
                    Map.of(
                            "answered", "answered",
                            "resolved", "answered",
                            "completed", "answered",
                            "abandoned", "abandoned",
                            "no answer", "abandoned",
                            "missed", "abandoned",
                            "hung up", "abandoned",
                            "caller hung up", "abandoned",
                            "outbound", "outbound",
                            "test call", "test")),
            new CodedField(
                    "direction",
                    WrittenProfile.OUTBOUND,
                    "Does it mean that we called or wrote?",
                    ordered(YES, "Yes: we did"),
                    Map.of("outbound", YES, "out", YES, "outgoing", YES, "sent", YES, "reply", YES, "callback", YES)),
            new CodedField(
                    "platform",
                    WrittenProfile.PLATFORMS,
                    "Which platform is it?",
                    ordered("facebook", "Facebook", "x", "X", "instagram", "Instagram", "linkedin", "LinkedIn"),
                    Map.of(
                            "facebook",
                            "facebook",
                            "x",
                            "x",
                            "twitter",
                            "x",
                            "instagram",
                            "instagram",
                            "linkedin",
                            "linkedin")),
            new CodedField(
                    "category", WrittenProfile.CATEGORIES, "Which of our categories is it?", categories(), Map.of()),
            new CodedField(
                    "kind",
                    WrittenProfile.KINDS,
                    "Is it a person or an organisation?",
                    ordered(
                            PublicSource.Kind.PERSON.code(), "A person",
                            PublicSource.Kind.ORGANISATION.code(), "An organisation"),
                    Map.of(
                            "person",
                            "person",
                            "individual",
                            "person",
                            "organisation",
                            "organisation",
                            "company",
                            "organisation")));

    private static Map<String, String> ordered(String... pairs) {
        var map = new LinkedHashMap<String, String>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put(pairs[i], pairs[i + 1]);
        }
        return map;
    }

    private static Map<String, String> categories() {
        var map = new LinkedHashMap<String, String>();
        for (var code : List.of(
                "elected-representative",
                "electoral-administrator",
                "political-party",
                "registered-campaigner",
                "press",
                "other")) {
            Category.ofContact(code)
                    .ifPresent(_ -> map.put(
                            code,
                            Character.toUpperCase(code.charAt(0))
                                    + code.substring(1).replace('-', ' ')));
        }
        return map;
    }

    /** A word of the sample with the meaning that is chosen for it; none where that is empty. */
    record Meant(String word, int times, String meaning) {}

    /** The words of a column, in an order that the next look at the same sample gives again; empty where it holds no words with a meaning. */
    static List<String> of(Column column) {
        return column.values().size() > WORDS_MAX
                ? List.of()
                : column.values().keySet().stream().sorted().toList();
    }

    /** What a word means by a profile so far; else what it is guessed to mean; empty for nothing. */
    String meaning(String word, WrittenProfile base) {
        return said(word, base).orElseGet(() -> {
            boolean known = base.columns().containsKey(field);
            var guess = guesses.get(Profile.key(word));
            return known || guess == null ? "" : guess;
        });
    }

    private Optional<String> said(String word, WrittenProfile base) {
        if (setting.equals(WrittenProfile.OUTBOUND)) {
            return has(base.list(setting), word) ? Optional.of(YES) : Optional.empty();
        }
        return base.map(setting).entrySet().stream()
                .filter(entry -> has(entry.getValue(), word))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private static boolean has(List<String> words, String word) {
        return words.stream().anyMatch(one -> Profile.key(one).equals(Profile.key(word)));
    }

    /** A profile in which these words mean what was chosen. */
    WrittenProfile apply(WrittenProfile profile, List<Meant> meant) {
        if (setting.equals(WrittenProfile.OUTBOUND)) {
            return profile.with(setting, changed(profile.list(setting), meant, YES));
        }
        var map = new LinkedHashMap<String, List<String>>();
        profile.map(setting).forEach((meaning, words) -> map.put(meaning, changed(words, meant, meaning)));
        meanings.keySet().forEach(meaning -> map.computeIfAbsent(meaning, _ -> changed(List.of(), meant, meaning)));
        return profile.with(setting, map);
    }

    private static List<String> changed(List<String> words, List<Meant> meant, String meaning) {
        var changed = new ArrayList<String>();
        for (var word : words) {
            var chosen = find(meant, word);
            if (chosen == null || chosen.meaning().equals(meaning)) {
                changed.add(word);
            }
        }
        for (var one : meant) {
            if (one.meaning().equals(meaning) && !has(changed, one.word())) {
                changed.add(one.word());
            }
        }
        return changed;
    }

    private static @Nullable Meant find(List<Meant> meant, String word) {
        return meant.stream()
                .filter(one -> Profile.key(one.word()).equals(Profile.key(word)))
                .findFirst()
                .orElse(null);
    }
}
