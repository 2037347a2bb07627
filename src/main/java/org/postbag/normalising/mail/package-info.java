/**
 * Reads a mail's raw bytes. A parser of our own, since those at hand give up, or drop text, where a message is damaged: it goes through the bytes once,
 * never throws for what they hold, and says what it mended. Its time grows with the size of the message alone.
 */
@NullMarked
package org.postbag.normalising.mail;

import org.jspecify.annotations.NullMarked;
