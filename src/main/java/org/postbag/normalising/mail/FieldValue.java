package org.postbag.normalising.mail;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A field such as Content-Type or Content-Disposition: a value and parameters (RFC 2045), which may be cut into pieces and encoded (RFC 2231). Takes what
 * real mail programs write: missing or stray semicolons and quotes, spaces in names of files, encoded words in parameters.
 *
 * @param value in lower case, without parameters
 * @param parameters by name in lower case; bytes as Latin-1 characters, save for those in {@code decoded}
 * @param decoded names of the parameters that said in which charset they are
 */
record FieldValue(String value, Map<String, String> parameters, Set<String> decoded) {

    static final FieldValue TEXT_PLAIN = new FieldValue("text/plain", Map.of(), Set.of());
    static final FieldValue MESSAGE = new FieldValue("message/rfc822", Map.of(), Set.of());
    static final FieldValue MIXED = new FieldValue("multipart/mixed", Map.of(), Set.of());

    private static final Set<String> MAIN_TYPES = Set.of(
            "text", "multipart", "message", "image", "audio", "video", "application", "font", "model", "chemical");
    private static final int PIECES_MAX = 1_000;

    FieldValue {
        parameters = Map.copyOf(parameters);
        decoded = Set.copyOf(decoded);
    }

    @Nullable
    String parameter(String name) {
        return parameters.get(name);
    }

    String parameterOrEmpty(String name) {
        return parameters.getOrDefault(name, "");
    }

    /** A parameter that people read. */
    @Nullable
    String text(String name, @Nullable String charset, Damage damage) {
        var written = parameters.get(name);
        return written == null || decoded.contains(name) ? written : HeaderText.decode(written, charset, damage);
    }

    /** The same parameters under another value. */
    FieldValue as(String other) {
        return new FieldValue(other, parameters, decoded);
    }

    boolean is(String type) {
        return value.equals(type);
    }

    boolean isMultipart() {
        return value.startsWith("multipart/");
    }

    boolean isText() {
        return value.startsWith("text/");
    }

    boolean isMessage() {
        return value.startsWith("message/");
    }

    /** Reads a Content-Type. A type that does not exist is null, save that what has a boundary has parts. */
    static @Nullable FieldValue type(String field) {
        var read = of(field);
        var type = read.value;
        int slash = type.indexOf('/');
        var main = slash >= 0 ? type.substring(0, slash) : type;
        boolean whole = slash > 0 && slash < type.length() - 1 && type.indexOf('/', slash + 1) < 0;
        if (whole && (MAIN_TYPES.contains(main) || main.startsWith("x-"))) {
            return read;
        }
        var mended = switch (main) {
            case "multipart" -> "multipart/mixed";
            case "message" -> "message/rfc822";
            case "html" -> "text/html";
            case "text", "plain" -> "text/plain";
            case "image", "audio", "video", "application" -> "application/octet-stream";
            default -> read.parameters.containsKey("boundary") ? "multipart/mixed" : null;
        };
        return mended == null ? null : read.as(mended);
    }

    static FieldValue of(String field) {
        int end = 0;
        while (end < field.length()
                && field.charAt(end) != ';'
                && field.charAt(end) > ' '
                && field.charAt(end) != '(') {
            end++;
        }
        // Some programs leave the value out and begin with a parameter.
        end = field.lastIndexOf('=', end - 1) >= 0 ? 0 : end;
        var value = field.substring(0, end).replace("\"", "").toLowerCase(Locale.ROOT);
        var pieces = new ParameterScanner(field, end).scan();
        var decoded = new HashSet<String>();
        pieces.forEach((name, numbered) -> {
            if (numbered.values().stream().anyMatch(Piece::encoded)) {
                decoded.add(name);
            }
        });
        return new FieldValue(value, joined(pieces), decoded);
    }

    private static Map<String, String> joined(Map<String, TreeMap<Integer, Piece>> pieces) {
        var parameters = new HashMap<String, String>();
        pieces.forEach((name, numbered) -> {
            var first = numbered.firstEntry().getValue();
            parameters.put(name, numbered.size() == 1 && !first.encoded ? first.text : decoded(numbered));
        });
        return parameters;
    }

    private static String decoded(TreeMap<Integer, Piece> pieces) {
        var bytes = new ByteArrayOutputStream();
        String charset = null;
        boolean first = true;
        boolean encoded = false;
        for (var piece : pieces.values()) {
            var text = piece.text;
            if (first && piece.encoded) {
                int quote = text.indexOf('\'');
                int second = quote < 0 ? -1 : text.indexOf('\'', quote + 1);
                if (second >= 0) {
                    charset = text.substring(0, quote);
                    text = text.substring(second + 1);
                }
            }
            encoded |= piece.encoded;
            first = false;
            bytes.writeBytes(piece.encoded ? percentDecoded(text) : text.getBytes(StandardCharsets.ISO_8859_1));
        }
        return encoded
                ? Charsets.decode(Slice.of(bytes.toByteArray()), charset, new Damage())
                : bytes.toString(StandardCharsets.ISO_8859_1);
    }

    private static byte[] percentDecoded(String text) {
        var bytes = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int high = c == '%' && i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
            int low = high >= 0 ? Character.digit(text.charAt(i + 2), 16) : -1;
            if (low >= 0) {
                bytes.write(high << 4 | low);
                i += 2;
            } else {
                bytes.write(c);
            }
        }
        return bytes.toByteArray();
    }

    /** A piece of a parameter; a whole one is the piece 0. */
    record Piece(String text, boolean encoded) {}

    /** Goes through the parameters once. */
    private static final class ParameterScanner {

        private final String field;
        private int at;

        ParameterScanner(String field, int at) {
            this.field = field;
            this.at = at;
        }

        Map<String, TreeMap<Integer, Piece>> scan() {
            var pieces = new HashMap<String, TreeMap<Integer, Piece>>();
            for (int count = 0; count < PIECES_MAX && skipToName(); count++) {
                int nameFrom = at;
                while (at < field.length() && "=; \t".indexOf(field.charAt(at)) < 0) {
                    at++;
                }
                var name = field.substring(nameFrom, at).toLowerCase(Locale.ROOT);
                skipSpace();
                if (at < field.length() && field.charAt(at) == '=') {
                    at++;
                    skipSpace();
                    put(pieces, name, value(name));
                }
            }
            return pieces;
        }

        private static void put(Map<String, TreeMap<Integer, Piece>> pieces, String written, String value) {
            boolean encoded = written.endsWith("*");
            var name = encoded ? written.substring(0, written.length() - 1) : written;
            int number = 0;
            int star = name.lastIndexOf('*');
            if (star > 0
                    && name.length() - star <= 4
                    && name.substring(star + 1).matches("[0-9]{1,3}")) {
                number = Integer.parseInt(name.substring(star + 1));
                name = name.substring(0, star);
            }
            var numbered = pieces.computeIfAbsent(name, _ -> new TreeMap<>());
            // An encoded value outdoes the plain one that is written beside it for old programs; else the first counts.
            if (encoded || !numbered.containsKey(number)) {
                numbered.put(number, new Piece(value, encoded));
            }
        }

        private boolean skipToName() {
            while (at < field.length()) {
                char c = field.charAt(at);
                if (c == '(') {
                    int close = field.indexOf(')', at);
                    at = close < 0 ? field.length() : close + 1;
                } else if (c <= ' ' || ";,=\"".indexOf(c) >= 0) {
                    at++;
                } else {
                    return true;
                }
            }
            return false;
        }

        private void skipSpace() {
            while (at < field.length() && field.charAt(at) <= ' ') {
                at++;
            }
        }

        private String value(String name) {
            return at < field.length() && field.charAt(at) == '"' ? quoted() : token(name);
        }

        private String quoted() {
            int open = at++;
            var text = new StringBuilder();
            while (at < field.length() && field.charAt(at) != '"') {
                // A backslash before anything else is part of a path that was not escaped.
                if (field.charAt(at) == '\\' && at + 1 < field.length() && "\"\\".indexOf(field.charAt(at + 1)) >= 0) {
                    at++;
                }
                text.append(field.charAt(at++));
            }
            if (at < field.length()) {
                at++;
                return text.toString();
            }
            // The quote was never closed: up to the next semicolon, so that the other parameters are not swallowed.
            int semicolon = field.indexOf(';', open);
            at = semicolon < 0 ? field.length() : semicolon;
            return field.substring(open + 1, at).strip();
        }

        private String token(String name) {
            int from = at;
            boolean spaces = name.startsWith("name") || name.startsWith("filename");
            while (at < field.length() && field.charAt(at) != ';' && (field.charAt(at) > ' ' || spaces)) {
                at++;
            }
            var text = field.substring(from, at).strip();
            return text.endsWith("\"") && text.indexOf('"') == text.length() - 1
                    ? text.substring(0, text.length() - 1)
                    : text;
        }
    }
}
