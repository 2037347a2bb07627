package org.postbag.console.reaching;

import java.time.Instant;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import org.postbag.receiving.Channel;
import org.postbag.receiving.Direction;

/** What would become of an item if a route took it in. Nothing of it is stored. */
public sealed interface WouldBe {

    /** Which item: the name of the sample, with the row or the letter where one holds several. */
    String item();

    /** Of the item. */
    long bytes();

    /** The same, without anything that the item says, for those who may not see content. */
    default WouldBe masked() {
        return masked(this instanceof Held ? "One file" : "One item");
    }

    /** @param item what stands for its name, which may say who wrote */
    WouldBe masked(String item);

    /** One sentence without content. */
    String words();

    /** Which of them it is, for a page. */
    default String kind() {
        return getClass().getSimpleName();
    }

    /**
     * @param content null for those who may not see it
     * @param shape what there is of content, in words that say nothing of it
     */
    record Enquiry(
            String item,
            long bytes,
            Channel channel,
            Direction direction,
            boolean junk,
            @Nullable Content content,
            String shape)
            implements WouldBe {

        Enquiry(String item, long bytes, Channel channel, Direction direction, boolean junk, Content content) {
            this(item, bytes, channel, direction, junk, content, content.shape());
        }

        @Override
        public WouldBe masked(String other) {
            return new Enquiry(other, bytes, channel, direction, junk, null, shape);
        }

        @Override
        public String words() {
            return "It would be filed as " + (direction == Direction.INBOUND ? "inbound" : "outbound") + ": "
                    + channel.label();
        }
    }

    /**
     * What an enquiry would say.
     *
     * @param textStart the beginning of its text
     * @param attachments names
     * @param damaged what was mended or given up in reading it
     */
    record Content(
            @Nullable String subject,
            @Nullable String from,
            String textStart,
            List<String> attachments,
            @Nullable Instant sentAt,
            List<String> damaged) {

        /** What there is of it, and nothing that it says. */
        String shape() {
            var found = new StringJoiner(", ");
            found.add(subject == null ? "no subject" : "a subject");
            found.add(from == null ? "nobody who can be told as its sender" : "a sender");
            found.add(sentAt == null ? "no time" : "a time");
            found.add(textStart.isBlank() ? "no text" : "text");
            if (!attachments.isEmpty()) {
                found.add(attachments.size() == 1 ? "1 file" : attachments.size() + " files");
            }
            return "It has " + found + "." + (damaged.isEmpty() ? "" : " Mended: " + String.join(" ", damaged));
        }
    }

    /**
     * It can't be read, and would lie in quarantine.
     *
     * @param code as quarantine groups by it
     * @param reason without personal data
     */
    record Quarantined(String item, long bytes, String code, String reason) implements WouldBe {
        @Override
        public WouldBe masked(String other) {
            return new Quarantined(other, bytes, code, reason);
        }

        @Override
        public String words() {
            return "It would go to quarantine: " + reason;
        }
    }

    /** A whole file that can't be cut into items would be held. */
    record Held(String item, long bytes, String reason) implements WouldBe {
        @Override
        public WouldBe masked(String other) {
            return new Held(other, bytes, reason);
        }

        @Override
        public String words() {
            return "The file would be held whole: " + reason;
        }
    }

    /** It holds nothing that would be filed: a list's row that says what is known, a call without a message. */
    record Nothing(String item, long bytes, String reason) implements WouldBe {
        @Override
        public WouldBe masked(String other) {
            return new Nothing(other, bytes, reason);
        }

        @Override
        public String words() {
            return reason;
        }
    }
}
