package org.postbag.normalising;

/** What a reader returns: a message, or why there is none. Nobody catches an exception to learn it. */
public sealed interface Reading permits Message, Unreadable {}
