package org.postbag.receiving;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.UUID;
import org.postbag.settings.MissingSetting;

/**
 * A file in the raw store that knows its keys. With another master key every item would look damaged, and with another identity key what comes again
 * would be filed again: so the program doesn't start with them.
 */
final class KeyCheck {

    private static final String FILE = "key-check";
    private static final byte[] ASSOCIATED = FILE.getBytes(StandardCharsets.US_ASCII);

    private KeyCheck() {}

    /**
     * Holds the keys against those that the store was begun with, and remembers them where it is new.
     *
     * @param folder of the raw store; is there, durably
     * @throws MissingSetting where one of them is another
     */
    static void hold(Path folder, MasterKey master, IdentityKey identity, Disk disk) throws IOException {
        var file = folder.resolve(FILE);
        if (!disk.exists(file)) {
            begin(folder, file, master, identity, disk);
        }
        byte[] sealed;
        try (var in = disk.open(file)) {
            sealed = in.readAllBytes();
        }
        String known;
        try (var opened = master.opening(new ByteArrayInputStream(sealed), ASSOCIATED)) {
            known = new String(opened.readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException another) {
            throw new MissingSetting("postbag.master-key-file", another("master", folder));
        }
        if (!known.equals(identity.fingerprint())) {
            throw new MissingSetting("postbag.identity-key-file", another("identity", folder));
        }
    }

    private static String another(String key, Path folder) {
        return "the %s key with which the raw store in %s was begun: the one that is set is another, or the file key-check there is damaged"
                .formatted(key, folder);
    }

    private static void begin(Path folder, Path file, MasterKey master, IdentityKey identity, Disk disk)
            throws IOException {
        var part = folder.resolve("." + FILE + "." + UUID.randomUUID() + ".part");
        try {
            disk.write(part, out -> {
                try (var sealing = master.sealing(out, 0, ASSOCIATED)) {
                    sealing.write(identity.fingerprint().getBytes(StandardCharsets.US_ASCII));
                }
            });
            disk.link(part, file);
        } catch (FileAlreadyExistsException another) {
            // Another node began it this moment; its keys are held against ours next.
        } finally {
            disk.delete(part);
        }
        disk.fsyncFolder(folder);
    }
}
