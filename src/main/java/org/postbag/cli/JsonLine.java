package org.postbag.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postbag.extracting.FileReading;
import org.postbag.extracting.FileText;
import org.postbag.normalising.Attachment;
import org.postbag.normalising.AttachmentText;
import org.postbag.normalising.Automatic;
import org.postbag.normalising.ListEntry;
import org.postbag.normalising.Message;
import org.postbag.normalising.Party;
import org.postbag.normalising.Reading;
import org.postbag.normalising.Sender;
import org.postbag.normalising.Unreadable;
import tools.jackson.databind.json.JsonMapper;

/** The line that {@code normalise} prints for an item, in the shape that the design lays down. */
sealed interface JsonLine {

    /**
     * @param row the number of the row that the item is in the file, or null where it is all of the file
     * @param files opens what came with it
     */
    static String of(String file, @Nullable Integer row, Reading reading, FileReading files) {
        var line = Json.MAPPER.writeValueAsString(
                switch (reading) {
                    case Message message -> Filed.of(file, row, message, files);
                    case ListEntry entry -> Listed.of(file, row, entry);
                    case Unreadable(var code, var reason) ->
                        new Quarantined(file, row, "quarantine", code + ": " + reason);
                });
        return onOneLine(line);
    }

    /** JSON leaves these as they are, but many a program takes them for the end of a line. */
    private static String onOneLine(String json) {
        return json.replace("\u0085", "\\u0085").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029");
    }

    /** Made only when the first line is printed, so that other commands start without it. */
    final class Json {
        private static final JsonMapper MAPPER = JsonMapper.builder().build();

        private Json() {}
    }

    @JsonPropertyOrder({"file", "row", "outcome", "reason"})
    record Quarantined(
            String file,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Integer row,

            String outcome,
            String reason)
            implements JsonLine {}

    @JsonPropertyOrder({"file", "row", "outcome"})
    record Filed(
            String file,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Integer row,

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

        static Filed of(String file, @Nullable Integer row, Message message, FileReading files) {
            return new Filed(
                    file,
                    row,
                    "message",
                    Mailbox.of(message.sender()),
                    message.to().stream().map(Mailbox::of).toList(),
                    message.subject(),
                    message.text(),
                    message.reply(),
                    message.attachments().stream()
                            .map(attachment -> File.of(attachment, files))
                            .toList(),
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

    /** What a public list says of somebody. */
    @JsonPropertyOrder({"file", "row", "outcome"})
    record Listed(
            String file,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Integer row,

            String outcome,
            String source,
            LocalDate seen,
            String kind,
            String category,
            String name,
            @Nullable String organisation,
            @Nullable String email,
            @Nullable String telephone,
            @Nullable String handle,
            @Nullable String postcode,
            @Nullable String location,
            List<String> damaged)
            implements JsonLine {

        static Listed of(String file, @Nullable Integer row, ListEntry entry) {
            var email = entry.email();
            var telephone = entry.telephone();
            var handle = entry.handle();
            return new Listed(
                    file,
                    row,
                    "contact",
                    entry.source(),
                    entry.seen(),
                    entry.kind().code(),
                    entry.category().code(),
                    entry.name(),
                    entry.organisation(),
                    email == null ? null : email.value(),
                    telephone == null ? null : telephone.e164(),
                    handle == null ? null : handle.value(),
                    entry.postcode(),
                    entry.location(),
                    entry.damaged());
        }
    }

    record Mailbox(@Nullable String address, @Nullable String name) {

        static Mailbox of(Sender sender) {
            var email = sender.email();
            var written = sender.asWritten() == null ? sender.handle() : sender.asWritten();
            return new Mailbox(email == null ? written : email.value(), sender.name());
        }

        static Mailbox of(Party party) {
            return new Mailbox(party.address(), party.name());
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record File(
            String name, String type, long size, @Nullable String text) {

        static File of(Attachment attachment, FileReading files) {
            return new File(
                    attachment.name(),
                    attachment.type(),
                    attachment.size(),
                    AttachmentText.of(attachment, files) instanceof FileText.Read read ? read.text() : null);
        }
    }
}
