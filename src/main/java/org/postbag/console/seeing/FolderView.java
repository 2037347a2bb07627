package org.postbag.console.seeing;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.apache.camel.component.file.FileEndpoint;
import org.postbag.console.reaching.WatchedFolder;
import org.postbag.console.seeing.SourceWatch.Answer;
import org.postbag.receiving.SourceView;
import org.postbag.receiving.SourceView.Fact;

/** A watched folder as a source: how many files lie there, not what is in them. */
final class FolderView {

    private final Clock clock;

    FolderView(Clock clock) {
        this.clock = clock;
    }

    Answer look(FileEndpoint endpoint) {
        var folder = Path.of(endpoint.getConfiguration().getDirectory());
        var every = Duration.ofMillis(endpoint.getDelay());
        var facts =
                List.of(new Fact("Folder", folder.toString()), new Fact("Looked at every", TimeWords.duration(every)));
        var now = clock.instant();
        try {
            long files =
                    WatchedFolder.files(folder, endpoint.getExcludePattern()).size();
            return new Answer(new SourceView(now, now.plus(every), files, facts), null);
        } catch (IOException away) {
            return new Answer(
                    new SourceView(now, null, null, facts),
                    "the folder can't be read. See whether it and its disk are there, and whether Postbag may read it");
        }
    }
}
