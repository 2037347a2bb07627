package org.postbag.receiving;

import org.jspecify.annotations.Nullable;

/** What a route's consumer is that asks its source again and again, and can say why it gets nothing. */
public interface PolledSource {

    /** Why the last poll failed and what to do, in words for whoever runs the route and without personal data; null where it went well. */
    @Nullable
    String problem();

    /** The source as it was at the last poll; null before the first. */
    default @Nullable SourceView view() {
        return null;
    }
}
