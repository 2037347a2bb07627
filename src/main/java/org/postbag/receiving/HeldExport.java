package org.postbag.receiving;

import java.time.Instant;

/**
 * An export that is held whole.
 *
 * @param reason why, in words for staff: names columns, never cells
 * @param receivedAt when it was first found in the folder
 */
public record HeldExport(long id, String fileName, String route, String profile, String reason, Instant receivedAt) {}
