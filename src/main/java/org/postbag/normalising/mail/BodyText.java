package org.postbag.normalising.mail;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postbag.normalising.Attachment;
import org.postbag.normalising.FileName;

/**
 * What a reader of the message would see: its text, in the order of the parts, and its attachments. Of alternatives the plain text is taken, unless the
 * HTML says something else. Text that stands between the parts of a damaged message is kept too.
 */
final class BodyText {

    static final int ATTACHMENTS_MAX = 1_000;
    static final int TEXT_CHARS_MAX = 10_000_000;
    /** Base64 within base64 within base64: each is read out of the one before, so that memory grows with the levels. */
    private static final int ENCODED_LEVELS_MAX = 8;

    /** What stands before the parts for programs that know none. */
    private static final Pattern BOILERPLATE = Pattern.compile(
            "(?i).*\\b(?:mime|multi-?part|mail (?:reader|program|client)|legible|this format|not support)\\b.*");

    private static final int BOILERPLATE_LINE_MAX = 120;

    /** In hundredths: with more words that the plain text lacks, the HTML says something else. */
    private static final int UNSAID_SHARE_MAX = 15;

    private final Damage damage;
    private final StringBuilder whole = new StringBuilder();
    private final StringBuilder own = new StringBuilder();
    private final List<Attachment> attachments = new ArrayList<>();
    private final List<Supplier<String>> attachedTexts = new ArrayList<>();
    private @Nullable String html;
    private int messageLevel;
    private int encodedLevel;

    private BodyText(Damage damage) {
        this.damage = damage;
    }

    /**
     * @param own the text without that of messages within the message
     * @param html the first HTML there is, as it came
     */
    record Body(String text, String own, @Nullable String html, List<Attachment> attachments) {}

    static Body of(MimePart root, Slice source, Damage damage) {
        var body = new BodyText(damage);
        for (var line : root.headers.stray()) {
            body.addText(TextLines.ends(Charsets.decode(line, null, damage)));
        }
        body.read(root, source);
        body.attachedTextIfAlone();
        return new Body(
                TextLines.tidied(body.whole), TextLines.tidied(body.own), body.html, List.copyOf(body.attachments));
    }

    private void read(MimePart part, Slice source) {
        switch (part.kind) {
            case LEAF -> leaf(part, source);
            case MESSAGE -> message(part, source);
            case MULTIPART -> multipart(part, source);
        }
    }

    /** A mail that holds nothing but an attached text says what that says. */
    private void attachedTextIfAlone() {
        if (TextLines.isBlank(whole)) {
            attachedTexts.forEach(text -> addText(text.get()));
        }
    }

    private void multipart(MimePart part, Slice source) {
        if (part.children.isEmpty()) {
            damage.note("The message says it has parts, but none was found; all of it was taken as text.");
            addText(leafText(part, new Slice(source.bytes(), part.from, part.to), false));
            return;
        }
        between(new Slice(source.bytes(), part.from, Math.max(part.from, part.preambleTo)));
        if (part.type.is("multipart/alternative")) {
            alternative(part, source);
        } else {
            part.children.forEach(child -> read(child, source));
        }
        if (part.epilogueFrom >= 0 && part.epilogueFrom < part.to) {
            between(new Slice(source.bytes(), part.epilogueFrom, part.to));
        }
    }

    /** Text before the first part or after the last: the usual sentence for programs without MIME, or what a damaged delimiter put there. */
    private void between(Slice slice) {
        if (slice.isBlank()) {
            return;
        }
        var text = TextLines.ends(Charsets.decode(slice, null, damage))
                .lines()
                .filter(line -> line.length() > BOILERPLATE_LINE_MAX
                        || !BOILERPLATE.matcher(line).matches())
                .collect(Collectors.joining("\n"));
        if (!TextLines.isBlank(text)) {
            damage.note("Text stands outside the parts of the message; it was kept.");
            addText(text);
        }
    }

    private void alternative(MimePart part, Slice source) {
        var plain = new StringBuilder();
        MimePart rich = null;
        for (var child : part.children) {
            if (isText(child) && !child.type.is("text/html")) {
                // Other kinds of text than plain (calendars, enriched) only stand in for it.
                if (child.type.is("text/plain") || plain.isEmpty()) {
                    plain.append(plain.isEmpty() ? "" : "\n\n").append(decoded(child, source));
                }
            } else {
                rich = rich == null && shownHtml(child) != null ? child : rich;
            }
        }
        var before = html;
        for (var child : part.children) {
            if (!isText(child) && child != rich) {
                read(child, source);
            }
        }
        if (rich == null) {
            addText(plain);
            return;
        }
        var page = shownHtml(rich);
        var markup = page == null ? "" : decoded(page, source);
        html = before == null ? markup : before;
        boolean more = TextLines.isBlank(plain) || HtmlText.unsaidShare(markup, plain) > UNSAID_SHARE_MAX;
        if (!more) {
            addText(plain);
            withoutText(rich, page, source);
            return;
        }
        addText(plain);
        read(rich, source);
    }

    /** The other parts of a related or mixed alternative: its pictures and files. */
    private void withoutText(MimePart part, @Nullable MimePart text, Slice source) {
        for (var child : part.children) {
            if (child != text) {
                if (child.kind == MimePart.Kind.MULTIPART) {
                    withoutText(child, text, source);
                } else {
                    read(child, source);
                }
            }
        }
    }

    /** The HTML that a part is, or has first. */
    private static @Nullable MimePart shownHtml(MimePart part) {
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

    private void message(MimePart part, Slice source) {
        if (messageLevel == 0) {
            attach(name(part), "message/rfc822", new Slice(source.bytes(), part.from, part.to));
        }
        nested(part.children.getFirst(), source);
    }

    private void nested(MimePart message, Slice source) {
        messageLevel++;
        addText(MailHeaders.summary(message.headers, MimeTree.charset(message), damage));
        read(message, source);
        messageLevel--;
    }

    private void leaf(MimePart part, Slice source) {
        var type = part.type;
        if (isWholeMessage(type)) {
            encodedMessage(part, content(part, source));
        } else if (isText(part)) {
            boolean file = name(part) != null || type.is("message/partial");
            var text = decoded(part, source);
            addText(readable(part, text));
            if (file) {
                attach(name(part), type.value(), content(part, source));
            }
        } else {
            var content = content(part, source);
            if (!content.isEmpty() || name(part) != null) {
                attach(name(part), type.value(), content);
            }
            if (type.isText()) {
                attachedTexts.add(() -> readable(part, leafText(part, content, false)));
            }
        }
    }

    private void encodedMessage(MimePart part, Slice content) {
        if (messageLevel == 0) {
            attach(name(part), "message/rfc822", content);
        }
        var message = encodedLevel < ENCODED_LEVELS_MAX && !content.isBlank() ? MimeTree.parse(content, damage) : null;
        if (message != null) {
            encodedLevel++;
            nested(message, content);
            encodedLevel--;
        } else if (!content.isBlank()) {
            damage.note("A message within the message could not be opened; it was kept as an attachment.");
            if (messageLevel > 0) {
                attach(name(part), "message/rfc822", content);
            }
        }
    }

    /** Text to be read with the message, reports on its delivery among it: not a file that was attached. */
    private static boolean isText(MimePart part) {
        if (part.kind != MimePart.Kind.LEAF || isAttached(part)) {
            return false;
        }
        return part.type.isText() && !part.type.is("text/calendar")
                || part.type.isMessage() && !isWholeMessage(part.type);
    }

    private static boolean isWholeMessage(FieldValue type) {
        return type.is("message/rfc822") || type.is("message/global");
    }

    private static boolean isAttached(MimePart part) {
        return FieldValue.of(part.headers.firstOrEmpty("content-disposition")).is("attachment");
    }

    private @Nullable String name(MimePart part) {
        var disposition = FieldValue.of(part.headers.firstOrEmpty("content-disposition"));
        var charset = MimeTree.charset(part);
        for (var field : List.of(disposition, part.type)) {
            for (var parameter : List.of("filename", "name")) {
                var name = field.text(parameter, charset, damage);
                if (name != null) {
                    return name;
                }
            }
        }
        return null;
    }

    private Slice content(MimePart part, Slice source) {
        var raw = new Slice(source.bytes(), part.from, part.to);
        return TransferEncoding.decode(raw, part.headers.firstOrEmpty("content-transfer-encoding"), damage);
    }

    private String decoded(MimePart part, Slice source) {
        return leafText(part, content(part, source), part.type.is("text/plain"));
    }

    private String leafText(MimePart part, Slice content, boolean mayHoldFiles) {
        var text = mayHoldFiles ? UuBlocks.extract(content, this::attachUu) : content;
        return TextLines.ends(Charsets.decode(text, MimeTree.charset(part), damage));
    }

    private void attachUu(String name, byte[] content) {
        attach(HeaderText.decode(name, null, damage), "application/octet-stream", Slice.of(content));
    }

    private String readable(MimePart part, String text) {
        var type = part.type.value();
        boolean unsaid = !part.typeDeclared || part.type.is("text/plain");
        if (type.equals("text/html") || unsaid && HtmlText.isHtml(text)) {
            html = html == null && messageLevel == 0 ? text : html;
            return HtmlText.of(text);
        }
        if (type.equals("text/enriched") || type.equals("text/richtext")) {
            return HtmlText.ofEnriched(text);
        }
        if (type.equals("text/plain") && part.type.parameterOrEmpty("format").equalsIgnoreCase("flowed")) {
            return FlowedText.of(text, part.type.parameterOrEmpty("delsp").equalsIgnoreCase("yes"));
        }
        return text;
    }

    private void addText(CharSequence text) {
        if (TextLines.isBlank(text)) {
            return;
        }
        append(whole, text);
        if (messageLevel == 0) {
            append(own, text);
        }
    }

    private void append(StringBuilder to, CharSequence text) {
        if (!to.isEmpty()) {
            to.append("\n\n");
        }
        int room = Math.max(0, TEXT_CHARS_MAX - to.length());
        if (text.length() > room) {
            damage.note("The text is longer than can be shown; the rest of it is in the raw message.");
        }
        to.append(text, 0, Math.min(text.length(), room));
    }

    private void attach(@Nullable String name, String type, Slice content) {
        if (attachments.size() >= ATTACHMENTS_MAX) {
            damage.note("The message has more attachments than can be listed; the others are in the raw message.");
            return;
        }
        attachments.add(new Attachment(FileName.of(name, type, attachments.size() + 1), type, content.copy()));
    }
}
