package org.postbag.normalising;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postbag.receiving.Channel;
import org.postbag.receiving.Direction;

/**
 * What an item says, in one shape for all channels.
 *
 * @param sender who sent it, as far as the medium itself tells
 * @param to addresses it was sent to
 * @param text the whole body as plain text, nested messages included; lines end in {@code \n}
 * @param reply the text without quoted replies and signature; equal to {@code text} where there are none
 * @param html the body as HTML as it came, not sanitised, or null
 * @param attachments in the order of the item
 * @param messageId without angle brackets, or null; {@code inReplyTo} and {@code references} alike
 * @param threadKey items of one sender with the same key belong together (the first of the references, a call's series), else null
 * @param sentAt when the sender says it was sent, or when the call took place; null where the item does not say or what it says is unreadable
 * @param automatic null for what a person wrote
 * @param damaged what was mended or given up in reading, in words; empty for a sound item
 * @param language ISO 639-1 code, or null where the text is too short to tell
 * @param claims what the sender says about themselves beyond the address they used
 */
public record Message(
        Channel channel,
        Direction direction,
        Sender sender,
        List<Party> to,
        @Nullable String subject,
        String text,
        String reply,
        @Nullable String html,
        List<Attachment> attachments,
        @Nullable String messageId,
        @Nullable String inReplyTo,
        List<String> references,
        @Nullable String threadKey,
        @Nullable Instant sentAt,
        @Nullable Automatic automatic,
        List<String> damaged,
        @Nullable String language,
        @Nullable String topic,
        List<Claim> claims)
        implements Reading {

    public Message {
        to = List.copyOf(to);
        attachments = List.copyOf(attachments);
        references = List.copyOf(references);
        damaged = List.copyOf(damaged);
        claims = List.copyOf(claims);
    }
}
