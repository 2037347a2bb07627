package org.postbag.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/** What platforms sign their calls with in try mode, made at the first start and kept in a file that only its owner can read. */
record WebhookSecret(String value) {

    private static final int BYTES = 32;

    static WebhookSecret of(Path file) throws IOException {
        if (!Files.exists(file) || Files.size(file) == 0) {
            Files.deleteIfExists(file);
            if (Files.getFileStore(file.toAbsolutePath().getParent()).supportsFileAttributeView("posix")) {
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
            var bytes = new byte[BYTES];
            new SecureRandom().nextBytes(bytes);
            Files.writeString(file, HexFormat.of().formatHex(bytes) + "\n");
        }
        return new WebhookSecret(Files.readString(file).strip());
    }

    @Override
    public String toString() {
        return "WebhookSecret";
    }
}
