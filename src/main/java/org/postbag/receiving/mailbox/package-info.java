/** Reads a mailbox by IMAP for the routes of {@code connectors/email.camel.yaml}: camel-mail, except that the mails of a poll come as one batch (ADR 2). */
@NamedInterface("mailbox")
@NullMarked
package org.postbag.receiving.mailbox;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
