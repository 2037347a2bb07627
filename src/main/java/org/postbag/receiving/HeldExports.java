package org.postbag.receiving;

import java.nio.file.Path;
import java.util.List;

/** Exports that don't fit their profile. None of their rows was filed since; they lie encrypted, until someone mends the profile or discards them. */
public interface HeldExports {

    /** The longest held first. */
    List<HeldExport> held();

    /**
     * Puts an export back into its folder, where it is taken within seconds; if it still doesn't fit, it is held again. Recorded.
     *
     * @param actor {@code staff:<username>}
     * @return false if it is no longer held
     * @throws ReceivingUnavailable if the folder or the store is away: it is still held
     */
    boolean release(long id, String actor);

    /**
     * Writes a held export's content to a file, for its columns to be looked at. The export stays held; who calls records the look.
     *
     * @return false if it is no longer held
     * @throws ReceivingUnavailable if the store is away
     */
    boolean copy(long id, Path to);

    /**
     * Deletes an export for good. Recorded.
     *
     * @param actor {@code staff:<username>}
     * @param reason why it is not needed, without personal data
     * @return false if it is no longer held
     */
    boolean discard(long id, String actor, String reason);
}
