package org.postbag.search.language;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postbag.enquiries.WorkStatus;
import org.postbag.normalising.Telephone;
import org.postbag.receiving.Channel;
import org.postbag.receiving.Direction;
import org.postbag.receiving.Reference;
import org.postbag.retention.Category;

/** Reads what stands after {@code name:} and its like. What can't be read is said in words, and looked for as if nothing had stood before it. */
final class Fielded {

    /** What may stand before a colon. */
    static final List<String> FIELDS = List.of(
            "name",
            "from",
            "subject",
            "text",
            "file",
            "ref",
            "tel",
            "postcode",
            "channel",
            "category",
            "direction",
            "language",
            "topic",
            "status",
            "assigned",
            "kept-until",
            "has",
            "is",
            "before",
            "after",
            "since",
            "until",
            "on");

    private static final int REFERENCE_LENGTH_MIN = 3;
    private static final String YES = "yes";
    private static final String NO_END = "no-end";
    private static final String KEPT_FORMS = "<2027, 2027-05, >=2030 or " + NO_END;
    private static final Pattern COMPARED = Pattern.compile("(?<how>[<>]=?|=[<>]?|[\u2264\u2265]|)\\s*(?<date>.*)");

    private Fielded() {}

    /** @param note what was wrong with it, in words; null for nothing */
    record Read(Sought sought, @Nullable String note) {

        static Read of(Sought sought) {
            return new Read(sought, null);
        }
    }

    static Read read(Token token) {
        var text = token.text();
        return switch (token.field()) {
            case "name" -> Read.of(within(token, Place.NAMES));
            case "from" -> Read.of(within(token, Place.NAMES, Place.IDENTIFIERS));
            case "subject" -> Read.of(within(token, Place.SUBJECT));
            case "text" -> Read.of(within(token, Place.SUBJECT, Place.TEXT));
            case "file" -> Read.of(within(token, Place.ATTACHMENTS));
            case "ref" -> reference(token);
            case "tel" -> Read.of(telephone(text));
            case "postcode" -> Read.of(new Sought.Within(Set.of(Place.POSTCODES), postcode(text)));
            case "channel" -> one(token, Arrays.stream(Channel.values()).map(c -> List.of(c.code(), c.label())));
            case "category" -> one(token, Category.ofContacts().stream().map(c -> List.of(c.code(), c.label())));
            case "direction" ->
                one(
                        token,
                        Stream.of(
                                List.of(Direction.INBOUND.code(), "received", "in"),
                                List.of(Direction.OUTBOUND.code(), "sent", "out")));
            case "language" -> language(token);
            case "topic" -> Read.of(new Sought.Is("topic", text));
            case "has" ->
                List.of("file", "files", "attachment", "attachments").contains(text.toLowerCase(Locale.ROOT))
                        ? Read.of(new Sought.Is("files", YES))
                        : wrong(token, "file");
            case "is" -> is(token);
            case "status" -> one(token, Arrays.stream(WorkStatus.values()).map(s -> List.of(s.code(), s.label())));
            case "assigned" -> assigned(token);
            case "kept-until" ->
                keptUntil(text)
                        .map(Read::of)
                        .orElseGet(() -> wrong(token, "a day, month or year, such as " + KEPT_FORMS));
            default -> days(token);
        };
    }

    private static Sought within(Token token, Place... places) {
        return new Sought.Within(Set.of(places), plain(token));
    }

    private static Sought plain(Token token) {
        if (token.kind() == Token.Kind.PHRASE) {
            return new Sought.Phrase(token.text());
        }
        var start = token.text().replaceAll("\\*+$", "");
        boolean open = start.length() < token.text().length() && !start.isEmpty();
        return open ? new Sought.Prefix(start) : new Sought.Word(token.text(), true);
    }

    private static Read reference(Token token) {
        var whole = Reference.parse(token.text());
        if (whole.isPresent()) {
            return Read.of(new Sought.Quoted(whole.get()));
        }
        var begins = token.text().replaceAll("[^\\p{Alnum}]", "").toUpperCase(Locale.ROOT);
        return begins.length() >= REFERENCE_LENGTH_MIN
                ? Read.of(new Sought.Reference(begins))
                : wrong(token, "at least %d letters and digits of a reference".formatted(REFERENCE_LENGTH_MIN));
    }

    private static Sought telephone(String text) {
        var digits = text.replaceAll("\\D", "");
        var words = new Sought.Within(Set.of(Place.IDENTIFIERS), new Sought.Prefix(digits.isEmpty() ? text : digits));
        return Telephone.parse(text)
                .<Sought>map(number -> new Sought.Any(List.of(new Sought.Number(number, text), words)))
                .orElse(words);
    }

    /** The whole of one, its first half, or how it begins. */
    private static Sought postcode(String text) {
        var letters = text.replaceAll("[^\\p{Alnum}]", "");
        return text.endsWith("*") ? new Sought.Prefix(letters) : new Sought.Word(letters, false);
    }

    private static Read language(Token token) {
        var asked = token.text().toLowerCase(Locale.ROOT);
        return Arrays.stream(Locale.getISOLanguages())
                .filter(code -> code.equals(asked)
                        || Locale.of(code)
                                .getDisplayLanguage(Locale.UK)
                                .toLowerCase(Locale.ROOT)
                                .equals(asked))
                .findFirst()
                .map(code -> Read.of(new Sought.Is("language", code)))
                .orElseGet(() -> wrong(token, "a language, such as Welsh"));
    }

    /** @param values each as its code and other words for it */
    private static Read one(Token token, Stream<List<String>> values) {
        var asked = token.text().toLowerCase(Locale.ROOT).replace(' ', '-');
        var known = values.toList();
        return known.stream()
                .filter(words -> words.stream()
                        .anyMatch(word ->
                                word.toLowerCase(Locale.ROOT).replace(' ', '-').equals(asked)))
                .findFirst()
                .map(words -> Read.of(new Sought.Is(token.field(), words.getFirst())))
                .orElseGet(() -> wrong(
                        token,
                        "one of "
                                + String.join(
                                        ", ", known.stream().map(List::getFirst).toList())));
    }

    private static Read is(Token token) {
        return switch (token.text().toLowerCase(Locale.ROOT)) {
            case "automatic" -> Read.of(new Sought.Is("automatic", YES));
            case "urgent" -> Read.of(new Sought.Is("urgent", YES));
            case "unread" -> Read.of(new Sought.Is("unread", YES));
            case "open" -> Read.of(status(status -> !status.isDone()));
            case "closed" -> Read.of(status(WorkStatus::isDone));
            default -> wrong(token, "one of unread, urgent, open, closed, automatic");
        };
    }

    private static Sought status(Predicate<WorkStatus> which) {
        return new Sought.Any(Arrays.stream(WorkStatus.values())
                .filter(which)
                .<Sought>map(status -> new Sought.Is("status", status.code()))
                .toList());
    }

    private static Read assigned(Token token) {
        return switch (token.text().toLowerCase(Locale.ROOT)) {
            case "me" -> Read.of(new Sought.Mine());
            case "nobody" -> Read.of(new Sought.Is("assigned", "nobody"));
            default -> wrong(token, "me or nobody");
        };
    }

    /** A day, month or year, or what is before or after it; empty for anything else. */
    static Optional<Sought> keptUntil(String text) {
        if (text.equalsIgnoreCase(NO_END)) {
            return Optional.of(new Sought.Is("kept", NO_END));
        }
        var compared = COMPARED.matcher(text);
        if (!compared.matches()) {
            return Optional.empty();
        }
        return Period.parse(compared.group("date")).map(period -> switch (compared.group("how")) {
            case "<" -> new Sought.KeptUntil(null, period.first().minusDays(1));
            case "<=", "=<", "\u2264" -> new Sought.KeptUntil(null, period.last());
            case ">" -> new Sought.KeptUntil(period.last().plusDays(1), null);
            case ">=", "=>", "\u2265" -> new Sought.KeptUntil(period.first(), null);
            default -> new Sought.KeptUntil(period.first(), period.last());
        });
    }

    private static Read days(Token token) {
        Optional<Period> period = Period.parse(token.text());
        if (period.isEmpty()) {
            return wrong(token, "a date, such as 2026-05-01, 1/5/2026, 2026-05 or 2026");
        }
        var first = period.get().first();
        var last = period.get().last();
        return Read.of(
                switch (token.field()) {
                    case "before" -> new Sought.Received(null, first.minusDays(1));
                    case "until" -> new Sought.Received(null, last);
                    case "after" -> new Sought.Received(last.plusDays(1), null);
                    case "since" -> new Sought.Received(first, null);
                    default -> new Sought.Received(first, last);
                });
    }

    private static Read wrong(Token token, String expected) {
        return new Read(
                plain(token),
                "After %s: comes %s. “%s” was looked for as a word.".formatted(token.field(), expected, token.text()));
    }
}
