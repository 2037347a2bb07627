package org.postbag.receiving;

import org.jspecify.annotations.Nullable;

/** Which version of a route is in force, told by whoever keeps versions. Asked for each item that comes in, so it must be cheap, and needs no server. */
public interface RouteVersions {

    /** The number, or null where no version of this route is kept. */
    @Nullable
    Integer inForce(String route);
}
