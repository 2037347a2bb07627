package org.postbag.console.mapping;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes texts as YAML scalars: plain where nothing in them means anything to YAML, else in quotation marks. */
final class YamlWords {

    private static final Pattern PLAIN =
            Pattern.compile("[\\p{L}\\p{N}]([\\p{L}\\p{N} ()_./+'’‘–-]|:(?=[\\p{L}\\p{N}]))*");
    /** What a reader of YAML takes for something else than a text. */
    private static final Pattern NO_TEXT = Pattern.compile("(?i)true|false|yes|no|on|off|null|[0-9.+-].*[0-9]|[0-9]");

    private YamlWords() {}

    static String scalar(String text) {
        boolean plain = PLAIN.matcher(text).matches()
                && !text.endsWith(" ")
                && !text.contains("  ")
                && !NO_TEXT.matcher(text).matches();
        return plain ? text : quoted(text);
    }

    /** A list on one line; one word alone. */
    static String flow(List<String> texts) {
        return texts.size() == 1 ? scalar(texts.getFirst()) : list(texts);
    }

    /** A list on one line, in brackets even where it is one word. */
    static String list(List<String> texts) {
        return texts.stream().map(YamlWords::scalar).collect(Collectors.joining(", ", "[", "]"));
    }

    private static String quoted(String text) {
        var quoted = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            switch (c) {
                case '"', '\\' -> quoted.append('\\').appendCodePoint(c);
                case '\n' -> quoted.append("\\n");
                case '\t' -> quoted.append("\\t");
                case '\r' -> quoted.append("\\r");
                default -> {
                    if (isPrintable(c)) {
                        quoted.appendCodePoint(c);
                    } else {
                        quoted.append(String.format(Locale.ROOT, c > 0xFFFF ? "\\U%08x" : "\\u%04x", c));
                    }
                }
            }
        });
        return quoted.append('"').toString();
    }

    private static boolean isPrintable(int c) {
        return c >= ' '
                && c != 0x7F
                && Character.isDefined(c)
                && !Character.isISOControl(c)
                && Character.getType(c) != Character.FORMAT
                && Character.getType(c) != Character.LINE_SEPARATOR
                && Character.getType(c) != Character.PARAGRAPH_SEPARATOR
                && Character.getType(c) != Character.SURROGATE
                && c != 0xFFFE
                && c != 0xFFFF;
    }
}
