package org.postbag.search.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A piece of what was typed.
 *
 * @param field where it was said to stand, such as {@code name}; empty where nothing was said
 */
record Token(Kind kind, String field, String text, boolean negated) {

    enum Kind {
        WORD,
        PHRASE
    }

    /** A quotation in straight or curly marks, or what stands between white space; a minus before either. A mark that is never closed is white space. */
    private static final Pattern PIECE = Pattern.compile(
            "([-\u2212\u2013]*)(?:(?<field>" + String.join("|", Fielded.FIELDS)
                    + "):\\s*(?=\\S))?(?:[\"\u201c\u201d\u201e\u00ab\u00bb]"
                    + "(?<phrase>[^\"\u201c\u201d\u201e\u00ab\u00bb]*+)[\"\u201c\u201d\u201e\u00ab\u00bb]|(?<word>[^\\s\\p{Z}\"\u201c\u201d\u201e\u00ab\u00bb]++))",
            Pattern.CASE_INSENSITIVE);

    /** The first pieces of what was typed, at most {@code max}. */
    static List<Token> all(String typed, int max) {
        var tokens = new ArrayList<Token>();
        boolean not = false;
        var piece = PIECE.matcher(typed);
        while (tokens.size() < max && piece.find()) {
            boolean negated = not || !piece.group(1).isEmpty();
            not = false;
            var field = piece.group("field") == null ? "" : piece.group("field").toLowerCase(Locale.ROOT);
            var phrase = piece.group("phrase");
            if (phrase != null) {
                if (!phrase.isBlank()) {
                    tokens.add(new Token(Kind.PHRASE, field, phrase.strip(), negated));
                }
                continue;
            }
            var word = piece.group("word");
            if (word.equals("NOT") && field.isEmpty()) {
                not = true;
            } else if (!word.equals("AND") || !field.isEmpty()) {
                tokens.add(new Token(Kind.WORD, field, word, negated));
            }
        }
        return tokens;
    }

    boolean isOr() {
        return kind == Kind.WORD && field.isEmpty() && !negated && text.equals("OR");
    }

    /** Whether it may be one of several that make up a number. */
    boolean isBare() {
        return kind == Kind.WORD && field.isEmpty() && !negated && !isOr();
    }
}
