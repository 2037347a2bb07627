package org.postbag.receiving.sftp;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.camel.Exchange;

/** Takes a file that was fetched: for a watched folder, what it does with a file in it. */
@FunctionalInterface
public interface FileTaker {

    /**
     * On return with true all that the file holds is durable, and the file may leave its source.
     *
     * @param file whole, under the name that it has at its source
     * @param exchange of the route that fetched it, with what its connector sets
     * @return false where it is to be offered again later
     * @throws IOException or a {@link RuntimeException} where it can't be taken now
     */
    boolean take(Path file, Exchange exchange) throws IOException;
}
