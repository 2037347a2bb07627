package org.postbag.normalising.mail;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postbag.normalising.Attachment;
import org.postbag.normalising.FileName;

/**
 * The body of a message while it is read: the text so far, once with and once without that of messages within the message, and the files. Keeps to its
 * limits, and says where something went over one.
 */
final class BodyDraft {

    static final int ATTACHMENTS_MAX = 1_000;
    static final int TEXT_CHARS_MAX = 10_000_000;

    final Damage damage;
    private final StringBuilder whole = new StringBuilder();
    private final StringBuilder own = new StringBuilder();
    private final List<Attachment> attachments = new ArrayList<>();
    private @Nullable String html;
    private int messageLevel;

    BodyDraft(Damage damage) {
        this.damage = damage;
    }

    /**
     * @param own the text without that of messages within the message, its lines marked by {@link QuotedLines}
     * @param html the first HTML there is, as it came
     */
    record Body(String text, String own, @Nullable String html, List<Attachment> attachments) {}

    Body body() {
        return new Body(TextLines.tidied(whole), TextLines.tidied(own), html, List.copyOf(attachments));
    }

    /** What {@code read} adds belongs to a message within the message. */
    void within(Runnable read) {
        messageLevel++;
        read.run();
        messageLevel--;
    }

    boolean isWithin() {
        return messageLevel > 0;
    }

    boolean isBlank() {
        return TextLines.isBlank(whole);
    }

    /** All the text so far. */
    CharSequence whole() {
        return whole;
    }

    void text(CharSequence text) {
        if (TextLines.isBlank(text)) {
            return;
        }
        append(whole, QuotedLines.plain(text.toString()));
        if (messageLevel == 0) {
            append(own, text);
        }
    }

    /** Only the message's own HTML is shown as a page, and of it the first. */
    void html(String markup) {
        html = html == null && messageLevel == 0 ? markup : html;
    }

    /** @param name as given, or null */
    void attach(@Nullable String name, String type, Slice content) {
        if (attachments.size() >= ATTACHMENTS_MAX) {
            damage.note("The message has more attachments than can be listed; the others are in the raw message.");
            return;
        }
        attachments.add(new Attachment(FileName.of(name, type, attachments.size() + 1), type, content.copy()));
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
}
