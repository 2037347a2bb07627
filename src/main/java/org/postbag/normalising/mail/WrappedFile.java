package org.postbag.normalising.mail;

import java.util.ArrayList;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a file holds into which a mail program wrapped a message, or a part of one. */
sealed interface WrappedFile {

    /** A part with a header of its own, as in a signed message. */
    record Part(Slice content) implements WrappedFile {}

    /** Another message, of which its part didn't say that it is one. */
    record Mail(Slice content) implements WrappedFile {}

    /** A message of Outlook: the one it came in, or another. */
    record Outlook(MapiMessage message, boolean other) implements WrappedFile {}

    /** What only its receiver can open. */
    record Locked() implements WrappedFile {}

    /** A file within the file. */
    record File(FilesInText.File file) implements WrappedFile {}

    Set<String> CMS = Set.of("application/pkcs7-mime", "application/x-pkcs7-mime", "application/cms");

    /** Null for a file that is just a file. */
    static @Nullable WrappedFile open(FieldValue type, @Nullable String name, Slice content, Damage damage) {
        var lower = name == null ? "" : name.toLowerCase(Locale.ROOT);
        if (type.is(PgpBlocks.ENCRYPTED)) {
            return new Locked();
        }
        if (CMS.contains(type.value()) || lower.endsWith(".p7m") || lower.endsWith(".p7z")) {
            return cms(type, content, damage);
        }
        if (TnefFile.isTnef(content)) {
            return new Outlook(TnefFile.read(content, damage), false);
        }
        if (OutlookFile.isCompound(content) && (type.is("application/vnd.ms-outlook") || lower.endsWith(".msg"))) {
            var message = OutlookFile.read(content, damage);
            return message == null ? null : new Outlook(message, true);
        }
        if (lower.endsWith(".eml") && !content.isBlank()) {
            return new Mail(content);
        }
        if (type.is("application/mac-binhex40") || lower.endsWith(".hqx")) {
            var files = new ArrayList<FilesInText.File>();
            FilesInText.extract(content, files::add);
            return files.isEmpty() ? null : new File(files.getFirst());
        }
        return null;
    }

    private static @Nullable WrappedFile cms(FieldValue type, Slice content, Damage damage) {
        return switch (CmsFile.read(content, damage)) {
            case CmsFile.Readable(var signed) -> new Part(signed);
            case CmsFile.Locked() -> new Locked();
            case null -> {
                // A certificate is no message; what else can't be told is taken for encrypted, as nearly all such files
                // are.
                boolean certificates = type.parameterOrEmpty("smime-type").equalsIgnoreCase("certs-only");
                if (!certificates && !content.isBlank()) {
                    damage.note(
                            "A part that was signed or encrypted could not be opened; it was kept as an attachment.");
                }
                yield null;
            }
        };
    }
}
