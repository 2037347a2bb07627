package org.postbag.console.seeing;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.camel.component.file.FileEndpoint;
import org.postbag.receiving.SourceView;
import org.postbag.receiving.SourceView.Fact;

/** Counts what lies in a watched folder: files, not what is in them. */
final class FolderLook {

    /** More are not counted: it is said that there are more. */
    private static final int COUNTED_MAX = 10_000;

    private final Clock clock;

    FolderLook(Clock clock) {
        this.clock = clock;
    }

    SourceView look(FileEndpoint endpoint) {
        var folder = Path.of(endpoint.getConfiguration().getDirectory());
        var every = Duration.ofMillis(endpoint.getDelay());
        var facts = new ArrayList<Fact>();
        facts.add(new Fact("Folder", folder.toString()));
        facts.add(new Fact("Looked at every", Words.duration(every)));
        var now = clock.instant();
        try {
            return new SourceView(now, now.plus(every), count(folder, endpoint.getExcludePattern()), facts);
        } catch (IOException | DirectoryIteratorException away) {
            facts.add(new Fact("Now", "the folder can't be read. See whether it is there, and whose it is"));
            return new SourceView(now, null, null, List.copyOf(facts));
        }
    }

    private static long count(Path folder, @org.jspecify.annotations.Nullable Pattern excluded) throws IOException {
        long files = 0;
        try (var all = Files.newDirectoryStream(folder, Files::isRegularFile)) {
            for (var file : all) {
                var name = String.valueOf(file.getFileName());
                if (excluded == null || !excluded.matcher(name).matches()) {
                    files++;
                }
                if (files == COUNTED_MAX) {
                    return files;
                }
            }
        }
        return files;
    }
}
