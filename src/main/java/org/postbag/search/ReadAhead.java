package org.postbag.search;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import javax.sql.DataSource;

/** Reads every document, in order of id, a batch ahead of whoever takes them. Each has a version that was drawn before it was read. */
final class ReadAhead implements AutoCloseable {

    private final Connection connection;
    private CompletableFuture<Documents.Batch> next;

    /** @param after the enquiry to begin after */
    ReadAhead(DataSource database, long after) throws SQLException {
        connection = database.getConnection();
        next = read(after);
    }

    /** Empty where there are no more. */
    List<Document> next() throws SQLException {
        try {
            var batch = next.join();
            if (!batch.documents().isEmpty()) {
                next = read(batch.last());
            }
            return batch.documents();
        } catch (CompletionException e) {
            if (e.getCause() instanceof SQLException sql) {
                throw sql;
            }
            throw e;
        }
    }

    private CompletableFuture<Documents.Batch> read(long after) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        var drawn = Drainer.draw(connection);
                        return Documents.after(connection, after).withVersion(drawn.version(), drawn.at());
                    } catch (SQLException e) {
                        throw new CompletionException(e);
                    }
                },
                task -> Thread.ofVirtual().name("reindex-reader").start(task));
    }

    /** Lets the read that is under way end before its connection is given back. */
    @Override
    public void close() throws SQLException {
        next.handle((_, _) -> true).join();
        connection.close();
    }
}
