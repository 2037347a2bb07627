package org.postbag.cli;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Files and folders as they are typed. */
final class Paths {

    private Paths() {}

    /**
     * Before the work that is to end in it.
     *
     * @throws UsageProblem if no file can be written there
     */
    static void checkWritable(Path file) throws UsageProblem {
        var folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new UsageProblem("the file \"%s\" can't be written: its folder isn't there".formatted(file));
        }
        if (Files.isDirectory(file) || !Files.isWritable(Files.exists(file) ? file : folder)) {
            throw new UsageProblem("the file \"%s\" can't be written".formatted(file));
        }
    }

    static Path path(String argument) throws UsageProblem {
        try {
            return Path.of(argument);
        } catch (InvalidPathException unwritable) {
            // Java can't name a file whose name does not fit the terminal's encoding.
            throw new UsageProblem("\"%s\" is no name that a file can have here; is LANG set to a UTF-8 locale?"
                    .formatted(argument.replace('\n', ' ')));
        }
    }
}
