package org.postbag.normalising.mail;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the parts of a message (RFC 2046) in one pass over its lines. Whatever is open is a stack in memory, not on the thread, so that no depth of
 * nesting overflows, and a delimiter is looked up in a map, so that no number of levels makes it slow.
 *
 * <p>Where the delimiters that come are not those declared, or none is declared, a line that looks like one and stands before a part's header is taken
 * for one. A delimiter after a multipart's end opens it again. Nothing between delimiters is dropped: see {@link BodyText} for text that belongs to no part.
 */
final class MimeTree {

    static final int PARTS_MAX = 20_000;
    static final int NESTING_LEVELS_MAX = 300;
    private static final int BOUNDARY_LENGTH_MAX = 10_000;

    private final Slice source;
    private final Lines lines;
    private final Damage damage;
    private final List<MimePart> open = new ArrayList<>();
    private final Map<String, MimePart> byBoundary = new HashMap<>();
    private int parts;

    private MimeTree(Slice source, Damage damage) {
        this.source = source;
        this.lines = new Lines(source);
        this.damage = damage;
    }

    /** The whole message as a part, or null where it has more than {@value #PARTS_MAX} parts. */
    static @Nullable MimePart parse(Slice source, Damage damage) {
        return new MimeTree(source, damage).parse();
    }

    private @Nullable MimePart parse() {
        var root = new MimePart();
        var block = new HeaderBlock(lines, damage, this::isDelimiter);
        begin(root, block.readMessage(root.headers, source.from()));
        while (parts <= PARTS_MAX && lines.advance()) {
            if (lines.startsWithDashes()) {
                delimiter();
            }
        }
        closeAbove(0, source.to());
        root.to = source.to();
        return parts > PARTS_MAX ? null : root;
    }

    /** Enters a part whose header has been read; a message in it begins at once. */
    private void begin(MimePart part, int from) {
        var current = part;
        int position = from;
        while (true) {
            parts++;
            open.add(current);
            current.from = position;
            lines.seek(position);
            classify(current);
            if (current.kind != MimePart.Kind.MESSAGE) {
                return;
            }
            var inner = new MimePart();
            current.children.add(inner);
            var block = new HeaderBlock(lines, damage, this::isDelimiter);
            position = block.readMessage(inner.headers, position);
            current = inner;
        }
    }

    private void classify(MimePart part) {
        var declared = declaredType(part);
        part.typeDeclared = declared != null;
        part.type = declared == null ? unsaidType(part) : declared;
        if (!part.type.isMultipart() && !holdsMessage(part.type)) {
            return;
        }
        if (open.size() >= NESTING_LEVELS_MAX) {
            damage.note("The message is nested too deep; what lies deeper was taken as text.");
            part.type = FieldValue.TEXT_PLAIN;
            part.typeDeclared = true;
        } else if (part.type.isMultipart()) {
            part.kind = MimePart.Kind.MULTIPART;
            declare(part, part.type.parameterOrEmpty("boundary").stripTrailing());
        } else if (TransferEncoding.isNone(part.headers.firstOrEmpty("content-transfer-encoding"))) {
            part.kind = MimePart.Kind.MESSAGE;
        }
    }

    /** The first type there is: some programs write the field twice, or a second one that is a type. */
    private static @Nullable FieldValue declaredType(MimePart part) {
        for (var field : part.headers.all("content-type")) {
            var type = FieldValue.type(field);
            if (type != null) {
                return type;
            }
        }
        return null;
    }

    /** A whole message, or the first piece of one, which begins with its header and mostly has all that people wrote (RFC 2046, 5.2.2). */
    private static boolean holdsMessage(FieldValue type) {
        return type.is("message/rfc822")
                || type.is("message/global")
                || type.is("message/partial") && type.parameterOrEmpty("number").equals("1");
    }

    /** A field that names no type there is may still say the charset, or what the file is called. */
    private FieldValue unsaidType(MimePart part) {
        var type = defaultType(part);
        var written = part.headers.first("content-type");
        return written == null || !type.is("text/plain")
                ? type
                : FieldValue.of(written).as("text/plain");
    }

    private FieldValue defaultType(MimePart part) {
        var parent = open.size() < 2 ? null : open.get(open.size() - 2);
        boolean digest = parent != null && parent.type.is("multipart/digest");
        return digest && !part.headers.has("content-disposition") ? FieldValue.MESSAGE : FieldValue.TEXT_PLAIN;
    }

    private void declare(MimePart part, String boundary) {
        if (boundary.isEmpty() || boundary.length() > BOUNDARY_LENGTH_MAX) {
            damage.note("A multipart message does not say what delimits its parts.");
            return;
        }
        part.boundary = boundary;
        part.hidden = byBoundary.put(boundary, part);
    }

    private void adopt(MimePart part, String boundary) {
        damage.note("The parts of the message are delimited by something else than it says.");
        part.adoptedBoundary = boundary;
        part.hiddenByAdopted = byBoundary.put(boundary, part);
    }

    private void delimiter() {
        int length = lines.stop() - lines.start() - 2;
        if (length > BOUNDARY_LENGTH_MAX + 2) {
            return;
        }
        var token = new String(source.bytes(), lines.start() + 2, length, StandardCharsets.ISO_8859_1).stripTrailing();
        var owner = byBoundary.get(token);
        boolean closes = false;
        if (owner == null && token.endsWith("--")) {
            token = token.substring(0, token.length() - 2);
            owner = byBoundary.get(token);
            closes = owner != null;
        }
        if (owner == null && !closes) {
            owner = adopter(token);
            if (owner != null) {
                adopt(owner, token);
            }
        }
        if (owner == null) {
            return;
        }
        if (closes) {
            close(owner);
        } else {
            next(owner);
        }
    }

    private void close(MimePart owner) {
        closeAbove(open.indexOf(owner) + 1, lines.start());
        if (owner.epilogueFrom < 0) {
            notePreamble(owner);
            owner.epilogueFrom = lines.next();
        }
    }

    private void next(MimePart owner) {
        closeAbove(open.indexOf(owner) + 1, lines.start());
        notePreamble(owner);
        if (owner.epilogueFrom >= 0) {
            damage.note("Parts follow the end of the parts.");
            owner.epilogueFrom = -1;
        }
        var child = new MimePart();
        owner.children.add(child);
        var block = new HeaderBlock(lines, damage, this::isDelimiter);
        begin(child, block.readPart(child.headers, lines.next()));
    }

    private void notePreamble(MimePart owner) {
        if (owner.preambleTo < 0) {
            owner.preambleTo = lines.start();
        }
    }

    /** Whose parts a line may delimit that nobody declared: a multipart that has no part yet, or text of which nothing says that it is text. */
    private @Nullable MimePart adopter(String token) {
        var top = open.getLast();
        boolean waits = top.kind == MimePart.Kind.MULTIPART && top.children.isEmpty() && top.adoptedBoundary == null;
        boolean unsaid = top.kind == MimePart.Kind.LEAF && !top.typeDeclared;
        if (!waits && !unsaid || !isToken(token) || !isBeforePart(waits)) {
            return null;
        }
        if (unsaid) {
            if (open.size() >= NESTING_LEVELS_MAX) {
                return null;
            }
            top.kind = MimePart.Kind.MULTIPART;
            top.type = FieldValue.MIXED;
        }
        return top;
    }

    private static boolean isToken(String token) {
        return token.chars().anyMatch(Character::isLetterOrDigit);
    }

    /** Looks at the next line without going there. */
    private boolean isBeforePart(boolean orBlank) {
        var ahead = lines.from(lines.next());
        if (!ahead.advance()) {
            return false;
        }
        var name = Headers.name(ahead.slice());
        return name == null ? orBlank && ahead.isBlank() : name.startsWith("content-");
    }

    private boolean isDelimiter(Lines line) {
        if (!line.startsWithDashes() || line.stop() - line.start() > BOUNDARY_LENGTH_MAX + 4 || byBoundary.isEmpty()) {
            return false;
        }
        var token = new String(
                        source.bytes(), line.start() + 2, line.stop() - line.start() - 2, StandardCharsets.ISO_8859_1)
                .stripTrailing();
        return byBoundary.containsKey(token)
                || token.endsWith("--") && byBoundary.containsKey(token.substring(0, token.length() - 2));
    }

    /** Ends all that is open from the given level on; the line end before a delimiter belongs to the delimiter. */
    private void closeAbove(int level, int end) {
        int to = end;
        if (end < source.to() || level > 0) {
            to = withoutLineEnd(end);
        }
        while (open.size() > level) {
            var part = open.removeLast();
            part.to = Math.max(part.from, to);
            forget(part.adoptedBoundary, part, part.hiddenByAdopted);
            forget(part.boundary, part, part.hidden);
        }
    }

    private int withoutLineEnd(int end) {
        int to = end;
        if (to > source.from() && source.bytes()[to - 1] == '\n') {
            to--;
        }
        if (to > source.from() && source.bytes()[to - 1] == '\r') {
            to--;
        }
        return to;
    }

    private void forget(@Nullable String boundary, MimePart part, @Nullable MimePart hidden) {
        if (boundary == null || byBoundary.get(boundary) != part) {
            return;
        }
        if (hidden == null || hidden == part) {
            byBoundary.remove(boundary);
        } else {
            byBoundary.put(boundary, hidden);
        }
    }

    /** The charset that text of this part is in, as far as it says. */
    static @Nullable String charset(MimePart part) {
        if (part.charsetSet != null) {
            return part.charsetSet.name().toLowerCase(Locale.ROOT);
        }
        var charset = part.type.parameter("charset");
        return charset == null || charset.isBlank() ? null : charset.toLowerCase(Locale.ROOT);
    }
}
