package org.postbag.receiving.exports;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import org.postbag.receiving.Channel;
import org.postbag.receiving.IdentityKey;
import org.postbag.receiving.MasterKey;

/** Where whole exports lie encrypted: those that are held, and finished ones where a setting keeps them. */
final class ExportVault {

    private final IdentityKey identity;
    private final SealedFiles held;
    private final SealedFiles finished;

    ExportVault(Path folder, IdentityKey identity, MasterKey key) {
        this.identity = identity;
        this.held = new SealedFiles(folder.resolve("held"), key);
        this.finished = new SealedFiles(folder.resolve("finished"), key);
    }

    /** What makes an export the same under another name: a keyed hash of its content, so that nobody can tell from it what a short one holds. */
    String hash(Path file) throws IOException {
        return identity.stands(Channel.TELEPHONE, Digest.of(file));
    }

    void hold(Path file, String hash) throws IOException {
        held.seal(file, hash);
    }

    /** Puts a held export back, whole or not at all; it stays in the vault until it is taken. */
    void putBack(String hash, Path file) throws IOException {
        held.unseal(hash, file);
    }

    void noLongerHeld(String hash) throws IOException {
        held.delete(hash);
    }

    void keep(Path file, String hash) throws IOException {
        finished.seal(file, hash);
    }

    /** Writes a finished export to a file; false where it isn't kept any more. */
    boolean copyFinished(String hash, Path to) throws IOException {
        try {
            finished.unseal(hash, to);
            return true;
        } catch (NoSuchFileException gone) {
            return false;
        }
    }

    void deleteFinishedBefore(Instant limit) throws IOException {
        finished.deleteBefore(limit);
    }
}
