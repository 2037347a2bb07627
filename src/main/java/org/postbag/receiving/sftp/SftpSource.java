package org.postbag.receiving.sftp;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A folder of another machine, and how to get to it.
 *
 * @param password where it is signed in by one
 * @param keyFile a private key, where it is signed in by that
 * @param hostKeys fingerprints of the machine's key such as {@code SHA256:...}, one of which it must have
 * @param knownHosts a file of OpenSSH's form that names its key, where there are no fingerprints
 * @param movedTo a folder of that machine that taken files are moved to; without one they are deleted
 */
record SftpSource(
        String host,
        int port,
        String username,
        Optional<String> password,
        Optional<Path> keyFile,
        List<String> hostKeys,
        Optional<Path> knownHosts,
        String folder,
        Optional<String> movedTo) {

    SftpSource {
        hostKeys = List.copyOf(hostKeys);
        if (hostKeys.isEmpty() && knownHosts.isEmpty()) {
            throw new IllegalArgumentException("A machine whose key is not known is not signed in to");
        }
    }

    @Override
    public String toString() {
        return "sftp://" + host + ":" + port;
    }
}
