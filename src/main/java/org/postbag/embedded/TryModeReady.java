package org.postbag.embedded;

import java.net.URI;
import java.nio.file.Path;

/**
 * Try mode is up, and the sample day fed in.
 *
 * @param fed how many mails, forms, messages, notes, exports, lists and scans of the sample day were fed in by this start; 0 where it was done before
 * @param problem why it was not fed in whole, or empty
 * @param mailAddress where to send a mail, by SMTP at {@code smtpPort} of this machine
 * @param telephoneFolder where to drop a call export
 * @param lettersFolder where to drop a scanned letter, or a batch of them
 */
public record TryModeReady(
        URI address,
        int fed,
        String problem,
        int smtpPort,
        String mailAddress,
        Path telephoneFolder,
        Path lettersFolder) {}
