package org.postbag.console;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.postbag.TestServers.Database;
import org.postbag.embedded.PostgresServer;
import org.springframework.jdbc.datasource.AbstractDataSource;

/** A way to the database that can be cut, and mended. */
public final class CutDataSource extends AbstractDataSource {

    private final Database database;
    private final List<Connection> open = new CopyOnWriteArrayList<>();
    private volatile boolean cut;

    public CutDataSource(Database database) {
        this.database = database;
    }

    public void cut() {
        cut = true;
        for (Connection connection : open) {
            try {
                connection.abort(Runnable::run);
            } catch (SQLException gone) {
                throw new IllegalStateException(gone);
            }
        }
        open.clear();
    }

    public void mend() {
        cut = false;
    }

    @Override
    public Connection getConnection() throws SQLException {
        if (cut) {
            throw new SQLException("The network is cut", "08001");
        }
        var made =
                DriverManager.getConnection(database.url(), PostgresServer.APPLICATION, database.applicationPassword());
        open.removeIf(CutDataSource::isClosed);
        open.add(made);
        return made;
    }

    private static boolean isClosed(Connection connection) {
        try {
            return connection.isClosed();
        } catch (SQLException gone) {
            return true;
        }
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        return getConnection();
    }
}
