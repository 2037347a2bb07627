package org.postbag.search.lucene;

import java.nio.file.Path;

/** Another process has the index open. Lucene's is for one node. */
public class IndexInUse extends RuntimeException {

    private static final long serialVersionUID = 1;

    IndexInUse(Path folder, Throwable cause) {
        super("Another Postbag is running on the search index in " + folder.toAbsolutePath(), cause);
    }
}
