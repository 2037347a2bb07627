package org.postbag.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Files and folders as they are typed. */
final class Paths {

    private Paths() {}

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
