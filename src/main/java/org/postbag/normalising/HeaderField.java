package org.postbag.normalising;

import java.util.List;
import org.postbag.normalising.mail.OriginalHeader;

/**
 * A field of a mail's header as it came, for people to read: which way the mail took, and what each on that way said of it.
 *
 * @param name such as Message-ID
 * @param value in one line, decoded; outside content
 */
public record HeaderField(String name, String value) {

    /** In their order, whoever passed the mail on last first. Empty for what has no header, such as Outlook's own files. */
    public static List<HeaderField> of(byte[] mail) {
        return OriginalHeader.of(mail);
    }
}
