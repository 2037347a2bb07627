package org.postbag.normalising.mail;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message as Outlook keeps it, in {@code winmail.dat} or a {@code .msg} file.
 *
 * @param heading who wrote to whom and when, as above a forwarded message; empty where the mail around it says so
 */
record MapiMessage(String heading, String text, List<File> files) {

    MapiMessage {
        files = List.copyOf(files);
    }

    /** @param message what the file is, where it is a message itself */
    record File(
            @Nullable String name,
            String type,
            Slice content,
            @Nullable MapiMessage message) {}
}
