package org.postbag.normalising.mail;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postbag.normalising.Party;

/**
 * Reads a list of mailboxes (RFC 5322), groups, comments and obsolete forms among them, and what only looks like one: names without quotes, addresses
 * without brackets, brackets never closed, semicolons in place of commas.
 */
final class Mailboxes {

    static final int MAILBOXES_MAX = 2_000;
    /** No name and no comment is longer: what would be is no quote. So no letter is looked at more often than this. */
    private static final int QUOTE_LENGTH_MAX = 2_000;
    /** "Smith, John, MP": what has more is a list of names. */
    private static final int COMMAS_IN_NAME_MAX = 2;

    /** What is said in brackets within an address (RFC 5322, 3.2.2) is no part of it. */
    private static final Pattern ASIDE = Pattern.compile("\\((?:[^()\\\\]|\\\\.){0,200}\\)");

    /** What stands around an address that was not written in brackets as it should be. */
    private static final Pattern UNBRACKETED = Pattern.compile("(?i)^[<\\[]?(?:mailto:)?|(?<![0-9.:f])\\]$|>$");

    private final String field;
    private final @Nullable String charset;
    private final Damage damage;
    private final List<Party> found = new ArrayList<>();
    /** Words between commas, just before here, that are no address: names of their own, or the beginning of "Smith, John <address>". */
    private final List<String> pieces = new ArrayList<>();

    private final StringBuilder words = new StringBuilder();
    private final StringBuilder comment = new StringBuilder();
    private final int lastBracket;
    private @Nullable String angled;
    private int at;

    private Mailboxes(String field, @Nullable String charset, Damage damage) {
        this.field = field;
        this.charset = charset;
        this.damage = damage;
        this.lastBracket = field.lastIndexOf('>');
    }

    /** @param field bytes as Latin-1 characters */
    static List<Party> parse(String field, @Nullable String charset, Damage damage) {
        return new Mailboxes(field, charset, damage).parse();
    }

    private List<Party> parse() {
        while (at < field.length() && found.size() + pieces.size() < MAILBOXES_MAX) {
            char c = field.charAt(at);
            switch (c) {
                case '"' -> quoted();
                case '(' -> comment();
                case '<' -> angle();
                case ',' -> {
                    finish();
                    at++;
                }
                case ';' -> {
                    endGroup();
                    at++;
                }
                case ':' -> colon();
                case '=' -> encodedWord();
                default -> {
                    words.append(c);
                    at++;
                }
            }
        }
        finish();
        separate();
        return found;
    }

    /** The name of a group; but "mailto:" and a colon within a word are part of what they stand in. */
    private void colon() {
        at++;
        boolean group = (at == field.length()
                        || field.charAt(at) <= ' '
                        || field.charAt(at) == ';'
                        || field.charAt(at) == '<'
                        || words.indexOf("@") < 0)
                && angled == null;
        if (group) {
            separate();
            words.setLength(0);
            comment.setLength(0);
        } else {
            words.append(':');
        }
    }

    /** An aside alone, in a group without members, names nobody. */
    private void endGroup() {
        if (angled == null && TextLines.isBlank(words)) {
            comment.setLength(0);
        }
        finish();
        separate();
    }

    /** An encoded word is a word, whatever signs its encoding left in it. */
    private void encodedWord() {
        int end = Math.max(at + 1, HeaderText.wordEnd(field, at));
        words.append(field, at, end);
        at = end;
    }

    private void quoted() {
        int close = at + 1;
        int limit = quoteLimit();
        while (close < limit && field.charAt(close) != '"') {
            close += field.charAt(close) == '\\' ? 2 : 1;
        }
        if (close >= limit) {
            // Never closed: then it is no quote.
            at++;
            return;
        }
        for (int i = at + 1; i < close; i++) {
            char c = field.charAt(i);
            if (c == '\\' && i + 1 < close) {
                c = field.charAt(++i);
            }
            words.append(c);
        }
        at = close + 1;
    }

    private int quoteLimit() {
        return Math.min(field.length(), at + QUOTE_LENGTH_MAX);
    }

    private void comment() {
        int depth = 0;
        int i = at;
        int limit = quoteLimit();
        do {
            char c = field.charAt(i);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            i += c == '\\' ? 2 : 1;
        } while (depth > 0 && i < limit);
        int end = Math.min(i, field.length());
        if (depth > 0) {
            words.append('(');
            at++;
            return;
        }
        comment.append(comment.isEmpty() ? "" : " ").append(field, at + 1, end - 1);
        at = end;
    }

    private void angle() {
        int close = at > lastBracket ? -1 : field.indexOf('>', at);
        int comma = close >= 0 ? close : field.indexOf(',', at);
        int end = close >= 0 ? close : comma >= 0 ? comma : field.length();
        // "<first@host.example>" after another address in brackets, or "<<address>>".
        int from = at + 1;
        while (from < end && (field.charAt(from) == '<' || field.charAt(from) <= ' ')) {
            from++;
        }
        var inside = ASIDE.matcher(field.substring(from, end)).replaceAll("").strip();
        if (inside.startsWith("@") && inside.indexOf(':') > 0) {
            inside = inside.substring(inside.lastIndexOf(':') + 1);
        }
        if (angled == null || angled.isEmpty()) {
            angled = inside;
        }
        at = Math.min(field.length(), close >= 0 ? end + 1 : end);
    }

    private void finish() {
        var name = text(words);
        var aside = text(comment);
        var address = angled;
        words.setLength(0);
        comment.setLength(0);
        angled = null;
        if (address == null || address.isEmpty()) {
            if (aside.isEmpty() && !name.isEmpty() && name.indexOf('@') < 0) {
                pieces.add(name);
            } else {
                separate();
                bare(name, aside);
            }
            return;
        }
        if (pieces.size() > COMMAS_IN_NAME_MAX || address.indexOf('@') < 0) {
            separate();
        }
        boolean unnamed = name.isEmpty() || name.equalsIgnoreCase(address) && !aside.isEmpty();
        pieces.add(unnamed ? aside : aside.isEmpty() ? name : name + " (" + aside + ")");
        add(unfolded(address), String.join(", ", pieces).replaceFirst(", $", ""));
        pieces.clear();
    }

    /** The words before here are names of their own. */
    private void separate() {
        pieces.forEach(piece -> bare(piece, ""));
        pieces.clear();
    }

    /** Without brackets: the word with an at sign is the address, and the others the name. */
    private void bare(String words, String aside) {
        if (words.isEmpty() && aside.isEmpty()) {
            return;
        }
        int sign = words.lastIndexOf('@');
        if (sign < 0) {
            boolean oneWord = !words.isEmpty() && words.indexOf(' ') < 0;
            add(oneWord ? words : null, aside.isEmpty() ? oneWord ? "" : words : aside);
            return;
        }
        int from = words.lastIndexOf(' ', sign) + 1;
        int to = words.indexOf(' ', sign);
        to = to < 0 ? words.length() : to;
        if (from == sign || to == sign + 1) {
            // Spaces around the sign.
            add(words.replace(" ", ""), aside);
            return;
        }
        var rest = (words.substring(0, from) + words.substring(to)).strip();
        add(words.substring(from, to), rest.isEmpty() ? aside : rest);
    }

    private void add(@Nullable String address, String name) {
        var bare = address == null ? null : UNBRACKETED.matcher(address).replaceAll("");
        found.add(new Party(bare == null || bare.isEmpty() ? null : bare, name.isEmpty() ? null : name));
    }

    private String unfolded(String address) {
        var text = HeaderText.decode(address, charset, damage);
        return text.indexOf('@') < 0 ? text : text.replace(" ", "");
    }

    private String text(StringBuilder written) {
        var text = HeaderText.decode(written.toString(), charset, damage);
        boolean quoted = text.length() > 1
                && (text.startsWith("'") && text.endsWith("'") || text.startsWith("\"") && text.endsWith("\""));
        return quoted ? text.substring(1, text.length() - 1).strip() : text;
    }
}
