package org.postbag.normalising;

/** What a reader returns: a message, what a public list says of somebody, or why there is neither. Nobody catches an exception to learn it. */
public sealed interface Reading permits Message, ListEntry, Unreadable {}
