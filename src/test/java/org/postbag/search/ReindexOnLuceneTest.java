package org.postbag.search;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.postbag.search.lucene.LuceneIndex;

class ReindexOnLuceneTest extends ReindexContract {

    @TempDir
    private Path data;

    @Override
    protected SearchIndex open() throws IOException {
        return LuceneIndex.open(data.resolve("index"));
    }

    @Override
    protected int generations() throws IOException {
        try (var folders = Files.list(data.resolve("index"))) {
            return (int) folders.filter(Files::isDirectory).count();
        }
    }
}
