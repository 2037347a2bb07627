package org.postbag.normalising;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postbag.receiving.Channel;
import org.postbag.receiving.Direction;
import org.postbag.receiving.Receipt;

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
 * @param submitter who handed it in for the sender, where another (the Sender field of RFC 5322, 3.6.2): a member of staff who writes from a shared mailbox
 * @param failed the addresses that a delivery report says our mail did not reach for good (RFC 3464); empty for all else
 * @param claims what the sender says about themselves beyond the address they used
 * @param answerTo where a program may answer it by itself (RFC 3834); null where none may, and for all media but mail
 * @param withdraws whether the sender took back what they sent: the other items of the receipt's series
 * @param recorded what the member of staff states who noted it by hand; null for what came by itself
 * @param hardToRead whether a person should compare the text with the item: a scan that was read with little confidence
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
        List<Claim> claims,
        @Nullable EmailAddress submitter,
        List<EmailAddress> failed,
        @Nullable EmailAddress answerTo,
        boolean withdraws,
        @Nullable Recorded recorded,
        boolean hardToRead)
        implements Reading {

    public Message {
        to = List.copyOf(to);
        attachments = List.copyOf(attachments);
        references = List.copyOf(references);
        damaged = List.copyOf(damaged);
        claims = List.copyOf(claims);
        failed = List.copyOf(failed);
    }

    /** The same of another sender. A program answers none that people had to name. */
    Message from(Sender other, List<String> noted) {
        return new Message(
                channel,
                direction,
                other,
                to,
                subject,
                text,
                reply,
                html,
                attachments,
                messageId,
                inReplyTo,
                references,
                threadKey,
                sentAt,
                automatic,
                noted,
                language,
                topic,
                claims,
                submitter,
                failed,
                null,
                withdraws,
                recorded,
                hardToRead);
    }

    /** A message of the item that the receipt proves, of which nothing is known yet: from nobody, to nobody, without a word. */
    public static Builder of(Receipt receipt) {
        return of(receipt.channel(), receipt.direction());
    }

    public static Builder of(Channel channel, Direction direction) {
        return new Builder(channel, direction);
    }

    /** What a reader found out so far. Each medium knows a few of the fields, and names only those. */
    public static final class Builder {
        private final Channel channel;
        private final Direction direction;
        private Sender sender = Sender.NOBODY;
        private List<Party> to = List.of();
        private @Nullable String subject;
        private String text = "";
        private @Nullable String reply;
        private @Nullable String html;
        private List<Attachment> attachments = List.of();
        private @Nullable String messageId;
        private @Nullable String inReplyTo;
        private List<String> references = List.of();
        private @Nullable String threadKey;
        private @Nullable Instant sentAt;
        private @Nullable Automatic automatic;
        private List<String> damaged = List.of();
        private @Nullable String language;
        private @Nullable String topic;
        private List<Claim> claims = List.of();
        private @Nullable EmailAddress submitter;
        private List<EmailAddress> failed = List.of();
        private @Nullable EmailAddress answerTo;
        private boolean withdraws;
        private @Nullable Recorded recorded;
        private boolean hardToRead;

        private Builder(Channel channel, Direction direction) {
            this.channel = channel;
            this.direction = direction;
        }

        public Builder sender(Sender sender) {
            this.sender = sender;
            return this;
        }

        public Builder to(List<Party> to) {
            this.to = to;
            return this;
        }

        public Builder subject(@Nullable String subject) {
            this.subject = subject;
            return this;
        }

        public Builder text(String text) {
            this.text = text;
            return this;
        }

        /** The text without quoted replies and signature; not called, the whole text. */
        public Builder reply(String reply) {
            this.reply = reply;
            return this;
        }

        public Builder html(@Nullable String html) {
            this.html = html;
            return this;
        }

        public Builder attachments(List<Attachment> attachments) {
            this.attachments = attachments;
            return this;
        }

        public Builder messageId(@Nullable String messageId) {
            this.messageId = messageId;
            return this;
        }

        public Builder inReplyTo(@Nullable String inReplyTo) {
            this.inReplyTo = inReplyTo;
            return this;
        }

        public Builder references(List<String> references) {
            this.references = references;
            return this;
        }

        public Builder threadKey(@Nullable String threadKey) {
            this.threadKey = threadKey;
            return this;
        }

        public Builder sentAt(@Nullable Instant sentAt) {
            this.sentAt = sentAt;
            return this;
        }

        public Builder automatic(@Nullable Automatic automatic) {
            this.automatic = automatic;
            return this;
        }

        public Builder damaged(List<String> damaged) {
            this.damaged = damaged;
            return this;
        }

        public Builder language(@Nullable String language) {
            this.language = language;
            return this;
        }

        public Builder topic(@Nullable String topic) {
            this.topic = topic;
            return this;
        }

        public Builder claims(List<Claim> claims) {
            this.claims = claims;
            return this;
        }

        public Builder submitter(@Nullable EmailAddress submitter) {
            this.submitter = submitter;
            return this;
        }

        public Builder failed(List<EmailAddress> failed) {
            this.failed = failed;
            return this;
        }

        public Builder answerTo(@Nullable EmailAddress answerTo) {
            this.answerTo = answerTo;
            return this;
        }

        public Builder withdraws(boolean withdraws) {
            this.withdraws = withdraws;
            return this;
        }

        public Builder recorded(@Nullable Recorded recorded) {
            this.recorded = recorded;
            return this;
        }

        public Builder hardToRead(boolean hardToRead) {
            this.hardToRead = hardToRead;
            return this;
        }

        public Message build() {
            return new Message(
                    channel,
                    direction,
                    sender,
                    to,
                    subject,
                    text,
                    reply == null ? text : reply,
                    html,
                    attachments,
                    messageId,
                    inReplyTo,
                    references,
                    threadKey,
                    sentAt,
                    automatic,
                    damaged,
                    language,
                    topic,
                    claims,
                    submitter,
                    failed,
                    answerTo,
                    withdraws,
                    recorded,
                    hardToRead);
        }
    }
}
