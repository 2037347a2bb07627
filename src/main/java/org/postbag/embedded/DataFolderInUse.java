package org.postbag.embedded;

import java.nio.file.Path;

/** Another Postbag is running on the same data folder. */
class DataFolderInUse extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String folder;

    DataFolderInUse(Path folder) {
        super("Another Postbag is running on the data folder " + folder);
        this.folder = folder.toString();
    }

    String folder() {
        return folder;
    }
}
