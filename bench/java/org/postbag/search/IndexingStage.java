package org.postbag.search;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.postbag.bench.Program;
import org.postbag.work.AdvisoryLock;

/** Indexing by itself. */
public final class IndexingStage implements AutoCloseable {

    private final Connection connection;
    private final SearchIndex index;

    public IndexingStage(Program program) throws SQLException {
        connection = program.bean(DataSource.class).getConnection();
        index = program.bean(SearchIndex.class);
        if (!AdvisoryLock.DRAINING.take(connection)) {
            throw new IllegalStateException("Indexing of the program is not at rest");
        }
    }

    /** What waits, as documents. */
    public List<Document> waiting() throws SQLException {
        var ids = new ArrayList<Long>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("select enquiry_id from index_work order by enquiry_id")) {
            while (rows.next()) {
                ids.add(rows.getLong(1));
            }
        }
        var documents = new ArrayList<Document>(ids.size());
        while (documents.size() < ids.size()) {
            documents.addAll(Documents.of(connection, ids.subList(documents.size(), ids.size()))
                    .documents());
        }
        return documents;
    }

    /** Does all work that waits. */
    public void drain() throws SQLException, IOException {
        var drainer = Drainer.on(connection, index);
        while (drainer.drain().taken() > 0) {}
    }

    @Override
    public void close() throws SQLException {
        AdvisoryLock.DRAINING.release(connection);
        connection.close();
    }
}
