package org.postbag.normalising.mail;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rich text as plain text: what it shows, without fonts, pictures and other tables. HTML that Outlook wrapped in rich text (MS-OXRTFEX) is unwrapped and read
 * as HTML. Damaged text is read as far as it goes.
 */
final class RtfText {

    /** Groups that say how the text looks, or where it comes from. */
    private static final Set<String> UNSHOWN = Set.of(
            "fonttbl",
            "colortbl",
            "stylesheet",
            "info",
            "pict",
            "object",
            "themedata",
            "datastore",
            "fldinst",
            "xe",
            "tc");

    private static final Map<String, String> CHARACTERS = Map.ofEntries(
            Map.entry("par", "\n"),
            Map.entry("line", "\n"),
            Map.entry("row", "\n"),
            Map.entry("page", "\n"),
            Map.entry("sect", "\n"),
            Map.entry("cell", "\t"),
            Map.entry("tab", "\t"),
            Map.entry("emdash", "\u2014"),
            Map.entry("endash", "\u2013"),
            Map.entry("bullet", "\u2022"),
            Map.entry("lquote", "\u2018"),
            Map.entry("rquote", "\u2019"),
            Map.entry("ldblquote", "\u201c"),
            Map.entry("rdblquote", "\u201d"),
            Map.entry("emspace", " "),
            Map.entry("enspace", " "));

    private static final int GROUPS_MAX = 1_000;
    private static final int WORD_LENGTH_MAX = 32;

    /**
     * What holds until the group ends.
     *
     * @param hidden shown by programs that read rich text, and not where the HTML in it is read
     * @param skipped characters after a Unicode one that stand in for it
     */
    private record Group(boolean shown, boolean hidden, int skipped, int font) {}

    private final Slice rtf;
    private final Damage damage;
    private final StringBuilder text = new StringBuilder();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final ArrayDeque<Group> outer = new ArrayDeque<>();
    private final Map<Integer, String> charsetsOfFonts = new HashMap<>();
    private Group group = new Group(true, false, 1, -1);
    private @Nullable String charset;
    private boolean html;
    private boolean ignorable;
    private int toSkip;
    private int at;

    private RtfText(Slice rtf, Damage damage) {
        this.rtf = rtf;
        this.damage = damage;
        this.at = rtf.from();
    }

    static String of(Slice rtf, Damage damage) {
        return new RtfText(rtf, damage).read();
    }

    private String read() {
        while (at < rtf.to()) {
            byte b = rtf.bytes()[at++];
            switch (b) {
                case '{' -> open();
                case '}' -> close();
                case '\\' -> control();
                case '\r', '\n' -> {}
                default -> add(b);
            }
        }
        flush();
        // Half a character is none: going there and back puts U+FFFD in its place.
        var whole = new String(text.toString().getBytes(StandardCharsets.UTF_16), StandardCharsets.UTF_16);
        return html ? HtmlText.of(whole) : whole;
    }

    private void open() {
        flush();
        if (outer.size() < GROUPS_MAX) {
            outer.push(group);
        }
        ignorable = false;
    }

    private void close() {
        flush();
        if (!outer.isEmpty()) {
            group = outer.pop();
        }
        toSkip = 0;
    }

    private void control() {
        if (at >= rtf.to()) {
            return;
        }
        int c = rtf.bytes()[at];
        if (!Character.isLetter(c)) {
            at++;
            symbol(c);
            return;
        }
        int from = at;
        while (at < rtf.to() && at - from < WORD_LENGTH_MAX && Character.isLetter(rtf.bytes()[at])) {
            at++;
        }
        var word = new Slice(rtf.bytes(), from, at).latin1();
        boolean negative = rtf.has(at, '-');
        at += negative ? 1 : 0;
        int digits = at;
        long number = 0;
        while (at < rtf.to() && at - digits < 10 && Character.isDigit(rtf.bytes()[at])) {
            number = number * 10 + rtf.bytes()[at++] - '0';
        }
        Integer given = at == digits ? null : (int) Math.min(Integer.MAX_VALUE, negative ? -number : number);
        at += rtf.has(at, ' ') ? 1 : 0;
        word(word, given);
    }

    private void symbol(int c) {
        switch (c) {
            case '\'' -> {
                int high = at + 1 < rtf.to() ? Character.digit(rtf.bytes()[at], 16) : -1;
                int low = high < 0 ? -1 : Character.digit(rtf.bytes()[at + 1], 16);
                if (low >= 0) {
                    at += 2;
                    add((byte) (high << 4 | low));
                }
            }
            case '*' -> ignorable = true;
            case '~' -> add("\u00a0");
            case '_' -> add("-");
            case '\r', '\n' -> add("\n");
            case '\\', '{', '}' -> add((byte) c);
            default -> {}
        }
    }

    private void word(String word, @Nullable Integer number) {
        flush();
        int value = number == null ? 0 : number;
        switch (word) {
            case "u" -> {
                add(String.valueOf((char) value));
                toSkip = group.skipped;
            }
            case "uc" -> group = with(group.hidden, Math.clamp(value, 0, 10), group.font);
            case "bin" -> at = (int) Math.min(rtf.to(), (long) at + Math.max(0, value));
            case "ansicpg" -> charset = TnefFile.codePage(value);
            case "fromhtml" -> html = true;
            case "htmltag" -> {}
            case "htmlrtf" -> group = with(number == null || value != 0, group.skipped, group.font);
            case "f" -> group = with(group.hidden, group.skipped, value);
            case "fcharset" -> charsetsOfFonts.put(group.font, charsetOf(value));
            default -> other(word);
        }
        ignorable = false;
    }

    private void other(String word) {
        if (ignorable || UNSHOWN.contains(word)) {
            group = new Group(false, group.hidden, group.skipped, group.font);
            return;
        }
        var characters = CHARACTERS.get(word);
        if (characters != null) {
            add(characters);
        }
    }

    private Group with(boolean hidden, int skipped, int font) {
        return new Group(group.shown, hidden, skipped, font);
    }

    private boolean isShown() {
        return group.shown && !(html && group.hidden);
    }

    private void add(byte b) {
        if (toSkip > 0) {
            toSkip--;
        } else if (isShown()) {
            bytes.write(b);
        }
    }

    private void add(String characters) {
        flush();
        if (isShown()) {
            text.append(characters);
        }
    }

    private void flush() {
        if (bytes.size() > 0) {
            var own = charsetsOfFonts.getOrDefault(group.font, "");
            text.append(Charsets.decode(Slice.of(bytes.toByteArray()), own.isEmpty() ? charset : own, damage));
            bytes.reset();
        }
    }

    /** The charset that a font is made for; empty where it is for the text's own. */
    private static String charsetOf(int number) {
        return switch (number) {
            case 77 -> "macintosh";
            case 128 -> "windows-31j";
            case 129 -> "x-windows-949";
            case 134 -> "gb18030";
            case 136 -> "big5";
            case 161 -> "windows-1253";
            case 162 -> "windows-1254";
            case 163 -> "windows-1258";
            case 177 -> "windows-1255";
            case 178 -> "windows-1256";
            case 186 -> "windows-1257";
            case 204 -> "windows-1251";
            case 222 -> "windows-874";
            case 238 -> "windows-1250";
            default -> "";
        };
    }
}
