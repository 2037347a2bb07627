package org.postbag.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postbag.normalising.Attachment;
import org.postbag.normalising.AttachmentText;
import org.postbag.normalising.Automatic;
import org.postbag.normalising.Message;
import org.postbag.normalising.Party;
import org.postbag.normalising.Reading;
import org.postbag.normalising.Sender;
import org.postbag.normalising.Unreadable;
import tools.jackson.databind.json.JsonMapper;

/** The line that {@code normalise} prints for an item, in the shape that the design lays down. */
sealed interface JsonLine {

    static String of(String file, Reading reading) {
        return Json.MAPPER.writeValueAsString(
                switch (reading) {
                    case Message message -> Filed.of(file, message);
                    case Unreadable(var code, var reason) -> new Quarantined(file, "quarantine", code + ": " + reason);
                });
    }

    /** Made only when the first line is printed, so that other commands start without it. */
    final class Json {
        private static final JsonMapper MAPPER = JsonMapper.builder().build();

        private Json() {}
    }

    @JsonPropertyOrder({"file", "outcome", "reason"})
    record Quarantined(String file, String outcome, String reason) implements JsonLine {}

    @JsonPropertyOrder({"file", "outcome"})
    record Filed(
            String file,
            String outcome,
            Mailbox from,
            List<Mailbox> to,
            @Nullable String subject,
            String text,
            String reply,
            List<File> attachments,
            @Nullable String messageId,
            @Nullable String inReplyTo,
            List<String> references,
            @Nullable Instant sentAt,
            @Nullable String automatic,
            List<String> damaged,
            @Nullable String language)
            implements JsonLine {

        static Filed of(String file, Message message) {
            return new Filed(
                    file,
                    "message",
                    Mailbox.of(message.sender()),
                    message.to().stream().map(Mailbox::of).toList(),
                    message.subject(),
                    message.text(),
                    message.reply(),
                    message.attachments().stream().map(File::of).toList(),
                    message.messageId(),
                    message.inReplyTo(),
                    message.references(),
                    message.sentAt(),
                    code(message.automatic()),
                    message.damaged(),
                    message.language());
        }

        private static @Nullable String code(@Nullable Automatic automatic) {
            return automatic == null ? null : automatic.code();
        }
    }

    record Mailbox(@Nullable String address, @Nullable String name) {

        static Mailbox of(Sender sender) {
            var email = sender.email();
            return new Mailbox(email == null ? sender.asWritten() : email.value(), sender.name());
        }

        static Mailbox of(Party party) {
            return new Mailbox(party.address(), party.name());
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record File(
            String name, String type, long size, @Nullable String text) {

        static File of(Attachment attachment) {
            return new File(
                    attachment.name(),
                    attachment.type(),
                    attachment.size(),
                    AttachmentText.of(attachment).orElse(null));
        }
    }
}
