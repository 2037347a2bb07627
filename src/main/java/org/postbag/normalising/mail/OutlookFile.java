package org.postbag.normalising.mail;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import org.apache.poi.hsmf.MAPIMessage;
import org.apache.poi.hsmf.datatypes.AttachmentChunks;
import org.apache.poi.hsmf.datatypes.ByteChunk;
import org.apache.poi.hsmf.datatypes.StringChunk;
import org.apache.poi.hsmf.exceptions.ChunkNotFoundException;
import org.jspecify.annotations.Nullable;
import org.postbag.normalising.FileName;

/** Opens a message that Outlook saved as a {@code .msg} file (MS-OXMSG), through Apache POI and under limits of our own. */
final class OutlookFile {

    private static final int FILE_BYTES_MAX = 20 * 1024 * 1024;
    private static final int FILES_MAX = 1_000;
    private static final int LEVELS_MAX = 4;

    private static final long COMPOUND_SIGNATURE = 0xe11ab1a1e011cfd0L;
    private static final int TABLE_COUNT_AT = 44;
    /** What a sector of the table of sectors stands for; POI takes the memory for all of it at once. */
    private static final long TABLE_SECTOR_BYTES = 64 * 1024;

    private OutlookFile() {}

    /** A compound file, as documents of Office are too. */
    static boolean isCompound(Slice file) {
        var in = new LittleEndian(file);
        return Integer.toUnsignedLong(in.i32()) == (COMPOUND_SIGNATURE & 0xffffffffL)
                && Integer.toUnsignedLong(in.i32()) == COMPOUND_SIGNATURE >>> 32;
    }

    /** Null, with a note, where the file can't be opened. */
    static @Nullable MapiMessage read(Slice file, Damage damage) {
        try {
            if (isSound(file)) {
                var stream = new ByteArrayInputStream(file.bytes(), file.from(), file.length());
                try (var message = new MAPIMessage(stream)) {
                    return read(message, 0, damage);
                }
            }
        } catch (IOException | ChunkNotFoundException | RuntimeException broken) {
            // POI says in many ways that a file is broken; each means the same here.
        }
        damage.note(
                "A message that was attached as a file of Outlook could not be opened; it was kept as an attachment.");
        return null;
    }

    /** A small file that claims a large table is made to do harm. */
    private static boolean isSound(Slice file) {
        var in = new LittleEndian(file);
        in.take(TABLE_COUNT_AT);
        long tables = Integer.toUnsignedLong(in.i32());
        return file.length() <= FILE_BYTES_MAX
                && tables * TABLE_SECTOR_BYTES <= 2L * file.length() + TABLE_SECTOR_BYTES;
    }

    private static MapiMessage read(MAPIMessage message, int level, Damage damage)
            throws ChunkNotFoundException, IOException {
        message.setReturnNullOnMissingChunk(true);
        message.guess7BitEncoding();
        var files = new ArrayList<MapiMessage.File>();
        for (var attachment : message.getAttachmentFiles()) {
            if (files.size() < FILES_MAX) {
                files.add(file(attachment, level, damage));
            }
        }
        return new MapiMessage(heading(message), text(message, damage), files);
    }

    private static String heading(MAPIMessage message) throws ChunkNotFoundException {
        var lines = new ArrayList<String>();
        line(lines, "From", from(message));
        line(lines, "Date", date(message));
        line(lines, "To", message.getDisplayTo());
        line(lines, "Cc", message.getDisplayCC());
        line(lines, "Subject", message.getSubject());
        return String.join("\n", lines);
    }

    private static void line(List<String> lines, String field, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            lines.add(field + ": " + value.replace("\0", "").strip());
        }
    }

    private static @Nullable String from(MAPIMessage message) throws ChunkNotFoundException {
        var name = message.getDisplayFrom();
        var address = string(message.getMainChunks().getEmailFromChunk());
        if (address == null || address.indexOf('@') < 0 || address.equals(name)) {
            return name;
        }
        return name == null ? address : name + " <" + address + ">";
    }

    private static @Nullable String date(MAPIMessage message) throws ChunkNotFoundException {
        try {
            var date = message.getMessageDate();
            return date == null ? null : date.toInstant().toString();
        } catch (DateTimeException noSuchDate) {
            return null;
        }
    }

    private static String text(MAPIMessage message, Damage damage) throws ChunkNotFoundException {
        var plain = message.getTextBody();
        if (plain != null && !plain.isBlank()) {
            return TextLines.ends(plain);
        }
        var html = message.getHtmlBody();
        if (html != null && !html.isBlank()) {
            return HtmlText.of(TextLines.ends(html));
        }
        var rtf = bytes(message.getMainChunks().getRtfBodyChunk());
        return rtf == null ? "" : RtfText.of(CompressedRtf.unpacked(Slice.of(rtf)), damage);
    }

    private static MapiMessage.File file(AttachmentChunks attachment, int level, Damage damage)
            throws ChunkNotFoundException, IOException {
        var name = string(attachment.getAttachLongFileName());
        name = name == null ? string(attachment.getAttachFileName()) : name;
        var inner = attachment.isEmbeddedMessage() && level < LEVELS_MAX ? attachment.getEmbeddedMessage() : null;
        var nested = inner == null ? null : read(inner, level + 1, damage);
        var type = string(attachment.getAttachMimeTag());
        var content = attachment.getEmbeddedAttachmentObject();
        return new MapiMessage.File(
                name,
                nested != null
                        ? "application/vnd.ms-outlook"
                        : type == null ? FileName.type(name == null ? "" : name) : type,
                Slice.of(content == null ? new byte[0] : content),
                nested);
    }

    private static @Nullable String string(@Nullable StringChunk chunk) {
        var value = chunk == null ? null : chunk.getValue();
        return value == null || value.isBlank() ? null : value;
    }

    private static byte @Nullable [] bytes(@Nullable ByteChunk chunk) {
        return chunk == null ? null : chunk.getValue();
    }
}
