package org.postbag.console.reaching;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A folder of this machine that a route watches. */
public final class WatchedFolder {

    /** More are not listed. */
    public static final int FILES_MAX = 10_000;

    private WatchedFolder() {}

    /**
     * The files that the route would take, in no order.
     *
     * @param leftOut names that the connector leaves out, such as those of files that are still written; null where it takes all
     */
    public static List<Path> files(Path folder, @Nullable Pattern leftOut) throws IOException {
        var files = new ArrayList<Path>();
        try (var all = Files.newDirectoryStream(folder, Files::isRegularFile)) {
            for (var file : all) {
                var name = String.valueOf(file.getFileName());
                if (leftOut == null || !leftOut.matcher(name).matches()) {
                    files.add(file);
                }
                if (files.size() == FILES_MAX) {
                    break;
                }
            }
        } catch (DirectoryIteratorException away) {
            throw away.getCause();
        }
        return files;
    }
}
