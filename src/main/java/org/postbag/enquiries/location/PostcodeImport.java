package org.postbag.enquiries.location;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Profile;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Takes the postcode directory into the database once after each start, if its files are others than the last time. The old table is read until the new
 * one is whole; a file that is wrong changes nothing and is told in the log.
 */
@Component
@Profile("!command")
@EnableConfigurationProperties(PostcodeSettings.class)
class PostcodeImport {

    private static final int BUFFER_BYTES = 1 << 16;
    private static final Logger LOG = LoggerFactory.getLogger(PostcodeImport.class);

    private final PostcodeSettings settings;
    private final JdbcClient jdbc;
    private final DataSource database;
    private final Clock clock;

    PostcodeImport(PostcodeSettings settings, JdbcClient jdbc, DataSource database, Clock clock) {
        this.settings = settings;
        this.jdbc = jdbc;
        this.database = database;
        this.clock = clock;
    }

    @EventListener(ApplicationReadyEvent.class)
    void begin() {
        var directory = settings.directory();
        var authorities = settings.authorities();
        if (directory == null || authorities == null) {
            return;
        }
        Thread.ofPlatform().daemon().name("postcode-import").start(() -> {
            try {
                importFiles(directory, authorities);
            } catch (IOException | SQLException | RuntimeException wrong) {
                LOG.error(
                        "The postcode directory was not taken in, and the one before is used: {}",
                        wrong instanceof SQLException ? wrong.getClass().getSimpleName() : wrong.getMessage());
            }
        });
    }

    /** @return how many rows were taken in; zero where these files were the last that were */
    int importFiles(Path directory, Path authorities) throws IOException, SQLException {
        var hash = hash(directory, authorities);
        if (jdbc.sql("select exists (select from postcode_import where files_hash = ?)")
                .param(hash)
                .query(Boolean.class)
                .single()) {
            return 0;
        }
        var names = PostcodeFiles.names(authorities);
        int rows;
        try (var connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                rows = replace(connection, directory, names, hash);
                connection.commit();
            } catch (IOException | SQLException | RuntimeException wrong) {
                connection.rollback();
                throw wrong;
            } finally {
                connection.setAutoCommit(true);
            }
        }
        LOG.info("The postcode directory was taken in: {} postcodes, {} authorities", rows, names.size());
        return rows;
    }

    private int replace(Connection connection, Path directory, Map<String, String> names, String hash)
            throws IOException, SQLException {
        try (var statement = connection.createStatement()) {
            // The same file by two nodes at once: the second waits, and finds it done.
            statement.execute("lock table postcode_import in exclusive mode");
            statement.execute("delete from postcode_authority");
            // What staff have set names an authority, so those that are gone from the directory stay by name.
            statement.execute(
                    "delete from local_authority a where not exists (select from enquiry_location l where l.authority = a.code)");
        }
        upsertNames(connection, names);
        int rows = copyRows(connection, directory, names);
        try (var record = connection.prepareStatement("""
                with gone as (delete from postcode_import)
                insert into postcode_import (files_hash, postcodes, imported_at) values (?, ?, ?::timestamptz) on conflict do nothing
                """)) {
            record.setString(1, hash);
            record.setInt(2, rows);
            record.setString(3, clock.instant().toString());
            record.executeUpdate();
        }
        return rows;
    }

    private static void upsertNames(Connection connection, Map<String, String> names) throws SQLException {
        try (var insert = connection.prepareStatement("""
                insert into local_authority (code, name) select * from unnest(?::text[], ?::text[])
                on conflict (code) do update set name = excluded.name
                """)) {
            var sorted = new TreeMap<>(names);
            insert.setArray(1, connection.createArrayOf("text", sorted.keySet().toArray()));
            insert.setArray(2, connection.createArrayOf("text", sorted.values().toArray()));
            insert.executeUpdate();
        }
    }

    private static int copyRows(Connection connection, Path directory, Map<String, String> names)
            throws IOException, SQLException {
        var count = new AtomicInteger();
        try (var statement = connection.createStatement()) {
            // A postcode may stand there twice; the first row counts.
            statement.execute(
                    "create temporary table coming (postcode text, authority text, ended text) on commit drop");
            var copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn("copy coming from stdin");
            try {
                PostcodeFiles.rows(directory, row -> {
                    if (names.containsKey(row.authority())) {
                        write(copy, row);
                        count.incrementAndGet();
                    }
                });
                copy.endCopy();
            } finally {
                if (copy.isActive()) {
                    copy.cancelCopy();
                }
            }
            statement.execute("""
                    insert into postcode_authority (postcode, authority, ended)
                    select postcode, authority, nullif(ended, '') from coming on conflict do nothing
                    """);
        }
        return count.get();
    }

    private static void write(CopyIn copy, PostcodeFiles.Row row) {
        // None of the three can hold a tab or a backslash: each has a form of its own.
        var line = (row.postcode().value() + "\t" + row.authority() + "\t" + row.ended() + "\n").getBytes(UTF_8);
        try {
            copy.writeToCopy(line, 0, line.length);
        } catch (SQLException away) {
            throw new IllegalStateException("The database went away", away);
        }
    }

    private static String hash(Path... files) throws IOException {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            var buffer = new byte[BUFFER_BYTES];
            for (var file : files) {
                try (var in = new BufferedInputStream(Files.newInputStream(file))) {
                    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                        digest.update(buffer, 0, read);
                    }
                }
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
