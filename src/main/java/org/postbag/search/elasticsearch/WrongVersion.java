package org.postbag.search.elasticsearch;

import java.io.IOException;

/** An Elasticsearch answers that is none of those that the index was made for. */
final class WrongVersion extends IOException {

    private static final long serialVersionUID = 1;

    WrongVersion(String version) {
        super("this one is of version " + version);
    }
}
