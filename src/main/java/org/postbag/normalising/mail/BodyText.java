package org.postbag.normalising.mail;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.postbag.normalising.FileName;

/**
 * What a reader of the message would see: its text, in the order of the parts, and its attachments. Of alternatives the plain text is taken, unless the
 * HTML says something else. Text that stands between the parts of a damaged message is kept too.
 */
final class BodyText {

    /** Base64 within base64 within base64: each is read out of the one before, so that memory grows with the levels. */
    private static final int ENCODED_LEVELS_MAX = 8;

    /** In hundredths: with more words that the plain text lacks, the HTML says something else. */
    private static final int UNSAID_SHARE_MAX = 15;

    private static final String ENCRYPTED =
            "The message, or a part of it, is encrypted: it cannot be read here. It was kept as an attachment; ask its sender to write again without encryption.";

    private final Damage damage;
    private final BodyDraft draft;
    private final List<Supplier<String>> attachedTexts = new ArrayList<>();
    private int encodedLevel;

    private BodyText(Damage damage) {
        this.damage = damage;
        this.draft = new BodyDraft(damage);
    }

    static BodyDraft.Body of(MimePart root, Slice source, Damage damage) {
        var body = new BodyText(damage);
        for (var line : root.headers.stray()) {
            body.draft.text(TextLines.ends(Charsets.decode(line, null, damage)));
        }
        body.read(root, source);
        body.attachedTextIfAlone();
        return body.draft.body();
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
        if (draft.isBlank()) {
            attachedTexts.forEach(text -> draft.text(text.get()));
        }
    }

    private void multipart(MimePart part, Slice source) {
        if (part.children.isEmpty()) {
            damage.note("The message says it has parts, but none was found; all of it was taken as text.");
            draft.text(PartText.written(part, new Slice(source.bytes(), part.from, part.to), damage));
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

    /** Text before the first part or after the last, which says something only in a damaged message. */
    private void between(Slice slice) {
        if (slice.isBlank()) {
            return;
        }
        var text = TextLines.tidied(TextLines.ends(Charsets.decode(slice, null, damage)));
        if (!text.isEmpty() && !Preamble.isFormula(text)) {
            damage.note("Text stands outside the parts of the message; it was kept.");
            draft.text(text);
        }
    }

    private void alternative(MimePart part, Slice source) {
        var plain = new StringBuilder();
        MimePart rich = null;
        for (var child : part.children) {
            if (PartText.isText(child) && !child.type.is("text/html")) {
                // Other kinds of text than plain (calendars, enriched) only stand in for it.
                if (child.type.is("text/plain") || plain.isEmpty()) {
                    plain.append(plain.isEmpty() ? "" : "\n\n").append(readable(child, source));
                }
                attachFormatted(child, source);
            } else {
                rich = rich == null && PartText.shownHtml(child) != null ? child : rich;
            }
        }
        var page = rich == null ? null : PartText.shownHtml(rich);
        var markup = page == null ? "" : written(page, source);
        if (page != null) {
            draft.html(markup);
        }
        for (var child : part.children) {
            if (!PartText.isText(child) && child != rich) {
                read(child, source);
            }
        }
        draft.text(plain);
        if (rich == null || page == null) {
            return;
        }
        if (TextLines.isBlank(plain) || HtmlText.unsaidShare(markup, plain) > UNSAID_SHARE_MAX) {
            read(rich, source);
        } else {
            withoutText(rich, page, source);
        }
    }

    /** The other parts of a related or mixed alternative: its pictures and files. */
    private void withoutText(MimePart part, MimePart text, Slice source) {
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

    private void message(MimePart part, Slice source) {
        if (part.type.is("message/partial")) {
            damage.note(ElsewhereText.PIECE);
        }
        if (!draft.isWithin()) {
            draft.attach(PartText.name(part, damage), part.type.value(), new Slice(source.bytes(), part.from, part.to));
        }
        nested(part.children.getFirst(), source);
    }

    private void nested(MimePart message, Slice source) {
        draft.within(() -> {
            draft.text(MailHeaders.summary(message.headers, MimeTree.charset(message), damage));
            read(message, source);
        });
    }

    private void leaf(MimePart part, Slice source) {
        if (PartText.isWholeMessage(part.type)) {
            encodedMessage(part, PartText.content(part, source, damage));
        } else if (PartText.isText(part)) {
            text(part, source);
        } else {
            file(part, PartText.content(part, source, damage));
        }
    }

    private void text(MimePart part, Slice source) {
        if (ElsewhereText.isPiece(part.type)) {
            damage.note(ElsewhereText.PIECE);
        } else if (ElsewhereText.isElsewhere(part.type)) {
            damage.note(ElsewhereText.ELSEWHERE);
            draft.text(ElsewhereText.where(part.type));
        }
        var written = written(part, source);
        if (PartText.isHtml(part, written)) {
            draft.html(written);
        }
        draft.text(PartText.readable(part, written));
        attachFormatted(part, source);
    }

    private void attachFormatted(MimePart part, Slice source) {
        var name = PartText.name(part, damage);
        if (name != null || PartText.isFormatted(part)) {
            draft.attach(name, part.type.value(), PartText.content(part, source, damage));
        }
    }

    private void file(MimePart part, Slice content) {
        var given = PartText.name(part, damage);
        var name = given == null ? PartText.nameByPlace(part, damage) : given;
        if (!content.isEmpty() || name != null || part.typeDeclared) {
            draft.attach(name, part.type.value(), content);
        }
        switch (WrappedFile.open(part.type, name, content, damage)) {
            case WrappedFile.Locked() -> damage.note(ENCRYPTED);
            case WrappedFile.Mail(var mail) -> isRead(mail);
            case WrappedFile.Part(var wrapped) -> wrapped(wrapped, name);
            case WrappedFile.Outlook(var message, var other) -> outlook(message, other);
            case WrappedFile.File(var file) -> attach(file);
            case null -> {}
        }
        if (part.type.isText()) {
            attachedTexts.add(() -> PartText.readable(part, PartText.written(part, content, damage)));
        }
    }

    /** What was signed stands in the place of its wrapping: a part like any other, or a file whose name the wrapping only adds to. */
    private void wrapped(Slice content, @Nullable String name) {
        var part = encodedLevel < ENCODED_LEVELS_MAX ? MimeTree.parse(content, damage) : null;
        if (part == null) {
            damage.note("A part that was signed or encrypted could not be opened; it was kept as an attachment.");
            return;
        }
        if (part.headers.isEmpty()
                && name != null
                && !name.toLowerCase(Locale.ROOT).startsWith("smime")) {
            var inner = name.replaceFirst("\\.[^.]*$", "");
            draft.attach(inner, FileName.type(inner), content);
            return;
        }
        encodedLevel++;
        read(part, content);
        encodedLevel--;
    }

    private void outlook(MapiMessage message, boolean other) {
        if (other || !message.heading().isEmpty()) {
            draft.within(() -> {
                draft.text(message.heading());
                outlook(message);
            });
        } else {
            outlook(message);
        }
    }

    private void outlook(MapiMessage message) {
        // Outlook may send the same text beside its file.
        if (TextLines.unsaidShare(TextLines.words(message.text()), draft.whole()) > UNSAID_SHARE_MAX) {
            draft.text(message.text());
        }
        for (var file : message.files()) {
            var nested = file.message();
            if (nested == null || !file.content().isEmpty()) {
                draft.attach(file.name(), file.type(), file.content());
            }
            if (nested != null) {
                outlook(nested, true);
            }
        }
    }

    private void encodedMessage(MimePart part, Slice content) {
        boolean listed = !draft.isWithin();
        if (listed) {
            draft.attach(PartText.name(part, damage), "message/rfc822", content);
        }
        if (!content.isBlank() && !isRead(content)) {
            damage.note("A message within the message could not be opened; it was kept as an attachment.");
            if (!listed) {
                draft.attach(PartText.name(part, damage), "message/rfc822", content);
            }
        }
    }

    /** Reads a message that had to be decoded first, unless too many lie around it. */
    private boolean isRead(Slice content) {
        var message = encodedLevel < ENCODED_LEVELS_MAX ? MimeTree.parse(content, damage) : null;
        if (message == null) {
            return false;
        }
        encodedLevel++;
        nested(message, content);
        encodedLevel--;
        return true;
    }

    private String readable(MimePart part, Slice source) {
        return PartText.readable(part, written(part, source));
    }

    /** The text of the part as it was written, without the files that programs from before MIME put into it. */
    private String written(MimePart part, Slice source) {
        var content = PartText.content(part, source, damage);
        var text = part.type.is("text/plain") ? FilesInText.extract(content, this::attach) : content;
        return PartText.written(part, text, damage);
    }

    private void attach(FilesInText.File file) {
        if (file.type().equals(PgpBlocks.ENCRYPTED)) {
            damage.note(ENCRYPTED);
        }
        draft.attach(HeaderText.decode(file.name(), null, damage), file.type(), Slice.of(file.content()));
    }
}
