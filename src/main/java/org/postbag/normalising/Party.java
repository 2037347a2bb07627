package org.postbag.normalising;

import org.jspecify.annotations.Nullable;

/** A mailbox as a message names it: the address and the display name as written, either of which may be missing. */
public record Party(@Nullable String address, @Nullable String name) {}
