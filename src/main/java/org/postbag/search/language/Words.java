package org.postbag.search.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.postbag.normalising.Postcode;
import org.postbag.normalising.Telephone;
import org.postbag.receiving.Reference;
import org.postbag.search.language.Sought.All;
import org.postbag.search.language.Sought.Any;
import org.postbag.search.language.Sought.Everything;
import org.postbag.search.language.Sought.Not;
import org.postbag.search.language.Sought.Number;
import org.postbag.search.language.Sought.Phrase;
import org.postbag.search.language.Sought.Prefix;
import org.postbag.search.language.Sought.Quoted;
import org.postbag.search.language.Sought.Word;

/**
 * Reads what staff type. All words must be there; {@code "these together"}; {@code -without} or {@code NOT without}; {@code this OR that}, which
 * binds the two beside it; {@code begin*}; {@code name:smith} and its like (see {@link Fielded}). A telephone number or reference may be typed with spaces. There is no such thing as a wrong query:
 * whatever isn't one of these is a word.
 */
public final class Words {

    /** Words and phrases that are heeded, which bounds the work an engine has to do. */
    public static final int TERMS_MAX = 64;

    private static final Pattern PART_OF_NUMBER = Pattern.compile("[+(]?[+(\\d][\\d().\\-/+]*");
    private static final int NUMBER_PARTS_MAX = 6;
    private static final int NUMBER_LENGTH_MIN = 7;
    private static final int REFERENCE_PARTS_MAX = 3;

    private Words() {}

    /**
     * What was read.
     *
     * @param cut whether there was more than is heeded
     * @param notes what was not understood as it may have been meant, in words for people
     */
    public record Read(Sought sought, boolean cut, List<String> notes) {

        /** The reference of an enquiry that was asked for by that alone. */
        public Optional<Reference> reference() {
            return switch (sought) {
                case Quoted(var reference) -> Optional.of(reference);
                case Any(List<Sought> meanings)
                when meanings.getFirst() instanceof Quoted(var reference) -> Optional.of(reference);
                default -> Optional.empty();
            };
        }
    }

    public static Read read(String typed) {
        var tokens = Token.all(typed, TERMS_MAX + 1);
        boolean cut = tokens.size() > TERMS_MAX;
        var heeded = cut ? tokens.subList(0, TERMS_MAX) : tokens;
        var notes = new ArrayList<String>();
        var sought = heeded.isEmpty() && !typed.isBlank() ? new Word(typed, true) : tree(heeded, notes);
        if (cut) {
            notes.add("Only the first %d words were heeded.".formatted(TERMS_MAX));
        }
        return new Read(sought, cut, List.copyOf(notes));
    }

    private static Sought tree(List<Token> tokens, List<String> notes) {
        var all = new ArrayList<Sought>();
        boolean either = false;
        int i = 0;
        while (i < tokens.size()) {
            var token = tokens.get(i);
            if (token.isOr()) {
                either = !all.isEmpty();
                i++;
                continue;
            }
            int length = token.field().isEmpty() ? together(tokens, i) : after(tokens, i);
            var leaf =
                    token.field().isEmpty() ? leaf(tokens, i, length) : fielded(tokens.subList(i, i + length), notes);
            if (either) {
                all.add(or(all.removeLast(), leaf));
            } else {
                all.add(leaf);
            }
            either = false;
            i += length;
        }
        if (all.isEmpty()) {
            return new Everything();
        }
        return all.size() == 1 ? all.getFirst() : new All(all);
    }

    private static Sought or(Sought left, Sought right) {
        var any = new ArrayList<>(left instanceof Any(List<Sought> of) ? of : List.of(left));
        any.add(right);
        return new Any(any);
    }

    /** How many tokens from {@code i} on make up one telephone number or reference; 1 where they make up neither. */
    private static int together(List<Token> tokens, int i) {
        if (!tokens.get(i).isBare()) {
            return 1;
        }
        int end = i + 1;
        while (end < tokens.size()
                && end - i < NUMBER_PARTS_MAX
                && tokens.get(end).isBare()) {
            end++;
        }
        for (int length = end - i; length > 1; length--) {
            var parts = tokens.subList(i, i + length);
            if (isNumber(parts) || (length <= REFERENCE_PARTS_MAX && isReference(parts))) {
                return length;
            }
        }
        return 1;
    }

    /** How many tokens from {@code i} on belong to the field before the first: a postcode and a number are often typed with spaces. */
    private static int after(List<Token> tokens, int i) {
        var field = tokens.get(i).field();
        int end = i + 1;
        while (end < tokens.size()
                && end - i < NUMBER_PARTS_MAX
                && tokens.get(end).isBare()) {
            end++;
        }
        for (int length = end - i; length > 1; length--) {
            var parts = tokens.subList(i, i + length);
            if (field.equals("tel") && isNumber(parts)
                    || field.equals("ref") && isReference(parts)
                    || field.equals("kept-until")
                            && Fielded.keptUntil(joined(parts)).isPresent()
                    || field.equals("postcode") && Postcode.parse(joined(parts)).isPresent()) {
                return length;
            }
        }
        return 1;
    }

    private static Sought fielded(List<Token> parts, List<String> notes) {
        var first = parts.getFirst();
        var read = Fielded.read(new Token(first.kind(), first.field(), joined(parts), first.negated()));
        if (read.note() != null) {
            notes.add(read.note());
        }
        return negated(first, read.sought());
    }

    private static boolean isNumber(List<Token> parts) {
        return parts.stream().allMatch(p -> PART_OF_NUMBER.matcher(p.text()).matches())
                && joined(parts).length() >= NUMBER_LENGTH_MIN
                && Telephone.parse(joined(parts)).isPresent();
    }

    private static boolean isReference(List<Token> parts) {
        return Reference.parse(joined(parts)).isPresent();
    }

    private static String joined(List<Token> parts) {
        return String.join(" ", parts.stream().map(Token::text).toList());
    }

    private static Sought leaf(List<Token> tokens, int from, int length) {
        var token = tokens.get(from);
        boolean last = from + length == tokens.size();
        if (token.kind() == Token.Kind.PHRASE) {
            return negated(token, new Phrase(token.text()));
        }
        if (length == 1 && token.text().endsWith("*")) {
            var start = token.text().replaceAll("\\*+$", "");
            return negated(token, start.isEmpty() ? new Word(token.text(), last) : new Prefix(start));
        }
        var parts = tokens.subList(from, from + length);
        var text = joined(parts);
        var asWords = length == 1
                ? new Word(text, last)
                : new All(parts.stream()
                        .<Sought>map(p -> new Word(p.text(), last && p == parts.getLast()))
                        .toList());
        var meanings = new ArrayList<Sought>();
        Reference.parse(text).map(Quoted::new).ifPresent(meanings::add);
        if (isNumber(parts)) {
            Telephone.parse(text).map(t -> new Number(t, text)).ifPresent(meanings::add);
        }
        meanings.add(asWords);
        return negated(token, meanings.size() == 1 ? asWords : new Any(meanings));
    }

    private static Sought negated(Token token, Sought sought) {
        return token.negated() ? new Not(sought) : sought;
    }

    /** What may stand before a colon, such as {@code channel}. */
    public static List<String> fields() {
        return Fielded.FIELDS;
    }
}
