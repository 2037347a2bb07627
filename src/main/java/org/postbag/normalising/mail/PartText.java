package org.postbag.normalising.mail;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What one part says by itself: its decoded content, its name as a file, its text as people read it. */
final class PartText {

    private static final Pattern FILE = Pattern.compile("[^?#&=]{1,100}\\.[A-Za-z0-9]{1,8}");

    private PartText() {}

    /** Text to be read with the message, reports on its delivery among it: not a file that was attached. */
    static boolean isText(MimePart part) {
        if (part.kind != MimePart.Kind.LEAF || isAttached(part)) {
            return false;
        }
        return part.type.isText() && !part.type.is("text/calendar")
                || part.type.isMessage() && !isWholeMessage(part.type);
    }

    /** Text in a format of its own (enriched, a table, a card, a report on delivery): what it says is shown, but what it means by it only the file has. */
    static boolean isFormatted(MimePart part) {
        return !part.type.is("text/plain") && !part.type.is("text/html");
    }

    static boolean isWholeMessage(FieldValue type) {
        return type.is("message/rfc822") || type.is("message/global");
    }

    static boolean isAttached(MimePart part) {
        return FieldValue.of(part.headers.firstOrEmpty("content-disposition")).is("attachment");
    }

    /** The HTML that a part is, or has first. */
    static @Nullable MimePart shownHtml(MimePart part) {
        var current = part;
        while (current.kind == MimePart.Kind.MULTIPART && !current.children.isEmpty()) {
            var first = current.children.stream()
                    .filter(c -> c.kind == MimePart.Kind.MULTIPART || c.type.is("text/html"))
                    .findFirst();
            if (first.isEmpty()) {
                return null;
            }
            current = first.get();
        }
        return current.type.is("text/html") && !isAttached(current) ? current : null;
    }

    /** The name of the file that the part is, or null where it has none. */
    static @Nullable String name(MimePart part, Damage damage) {
        var disposition = FieldValue.of(part.headers.firstOrEmpty("content-disposition"));
        var charset = MimeTree.charset(part);
        for (var field : List.of(disposition, part.type)) {
            for (var parameter : List.of("filename", "name")) {
                var name = field.text(parameter, charset, damage);
                if (name != null && !name.isBlank()) {
                    return name;
                }
            }
        }
        return null;
    }

    /** The name of a file that nothing names but the place where it lay (RFC 2557): the end of its address, if that looks like a file's. */
    static @Nullable String nameByPlace(MimePart part, Damage damage) {
        var place = HeaderText.decode(part.headers.firstOrEmpty("content-location"), null, damage);
        var name = place.substring(place.lastIndexOf('/') + 1);
        return FILE.matcher(name).matches() ? name : null;
    }

    static Slice content(MimePart part, Slice source, Damage damage) {
        var raw = new Slice(source.bytes(), part.from, part.to);
        return TransferEncoding.decode(raw, part.headers.firstOrEmpty("content-transfer-encoding"), damage);
    }

    /** The text as it was written, markup and all. */
    static String written(MimePart part, Slice content, Damage damage) {
        if (part.charsetSet != null) {
            return TextLines.ends(Charsets.leniently(content, part.charsetSet));
        }
        var charset = MimeTree.charset(part);
        if (charset == null && part.type.is("text/html")) {
            charset = HtmlText.charset(content);
        }
        return TextLines.ends(Charsets.decode(content, charset, damage));
    }

    /** What is written, as people read it, its lines marked by {@link QuotedLines}. */
    static String readable(MimePart part, String written) {
        if (isHtml(part, written)) {
            return HtmlText.marked(written);
        }
        return switch (part.type.value()) {
            case "text/rtf" -> RtfText.of(Slice.of(written.getBytes(StandardCharsets.ISO_8859_1)), new Damage());
            case "text/enriched", "text/richtext" -> HtmlText.ofEnriched(written);
            case "text/plain" ->
                part.type.parameterOrEmpty("format").equalsIgnoreCase("flowed")
                        ? FlowedText.of(
                                written, part.type.parameterOrEmpty("delsp").equalsIgnoreCase("yes"))
                        : written;
            default -> written;
        };
    }

    static boolean isHtml(MimePart part, String written) {
        boolean unsaid = !part.typeDeclared || part.type.is("text/plain");
        return part.type.is("text/html") || unsaid && HtmlText.isHtml(written);
    }
}
