package org.postbag.search.lucene;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.store.FSDirectory;
import org.postbag.bench.Parallel;
import org.postbag.search.Document;

/** The peer of indexing: Lucene's writer, given the same documents, with a commit each thousand. */
public final class BareIndexWriter implements AutoCloseable {

    private static final int COMMIT_DOCUMENTS = 1_000;

    private final FSDirectory directory;
    private final IndexWriter writer;

    public BareIndexWriter(Path folder) throws IOException {
        directory = FSDirectory.open(folder);
        writer = new IndexWriter(
                directory, new IndexWriterConfig(org.postbag.search.language.Analysis.ANALYZER).setRAMBufferSizeMB(64));
    }

    public void write(List<Document> documents) throws IOException {
        for (var some : Parallel.pieces(documents, COMMIT_DOCUMENTS)) {
            for (var document : some) {
                writer.updateDocument(
                        new Term(Fields.ID, Long.toString(document.enquiryId())), LuceneDocuments.of(document));
            }
            writer.commit();
        }
    }

    @Override
    public void close() throws IOException {
        writer.close();
        directory.close();
    }
}
