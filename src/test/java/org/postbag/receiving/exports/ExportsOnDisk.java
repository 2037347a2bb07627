package org.postbag.receiving.exports;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.postbag.TestServers;
import org.postbag.audit.AuditTrail;
import org.postbag.audit.AuditTrails;
import org.postbag.normalising.ListEntry;
import org.postbag.normalising.Message;
import org.postbag.normalising.Readers;
import org.postbag.normalising.Unreadable;
import org.postbag.receiving.ListFigures;
import org.postbag.receiving.Profiles;
import org.postbag.receiving.Receipt;
import org.postbag.receiving.TestKeys;
import org.postbag.receiving.exports.ExportTaker.Outcome;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Exports in a folder, on a real database; only the receiver keeps its items in memory, so that it can be made to go away at any batch. */
abstract class ExportsOnDisk {

    private static final TestServers.Database DATABASE = TestServers.database();
    static final String HEADER = "Call ID,Call date,Call time,Caller number,Caller name,Topic,Notes,Outcome\n";
    static final Instant NOW = Instant.parse("2026-03-04T09:00:00Z");

    @TempDir
    Path root;

    Path folder;
    Path profiles;
    KeepingReceiver receiver;
    ExportVault vault;
    ExportRecords records;
    HeldExportsInVault held;
    ExportReports reports;
    AuditTrail audit;
    /** Of any public list. */
    Optional<ListFigures.Figures> figures = Optional.empty();

    JdbcClient jdbc;
    Clock clock;

    @BeforeEach
    void start() throws IOException {
        folder = Files.createDirectories(root.resolve("in"));
        profiles = Files.createDirectories(root.resolve("profiles"));
        Files.copy(Path.of("profiles/contact-centre.yaml"), profiles.resolve("contact-centre.yaml"));
        receiver = new KeepingReceiver();
        jdbc = JdbcClient.create(DATABASE.application());
        jdbc.sql("delete from export_file").update();
        clock = Clock.fixed(NOW, ZoneOffset.UTC);
        vault = new ExportVault(root.resolve("exports"), TestKeys.identity(), TestKeys.master());
        records = new ExportRecords(jdbc, clock);
        var transaction = new TransactionTemplate(new JdbcTransactionManager(DATABASE.application()));
        audit = AuditTrails.in(jdbc, clock);
        held = new HeldExportsInVault(records, vault, audit, transaction);
        reports = new ExportReports(jdbc, transaction, (profile, file) -> figures, clock);
    }

    Path drop(String name, String content) throws IOException {
        var file = folder.resolve(name);
        Files.writeString(file, content);
        settle(file);
        return file;
    }

    /** The file was last written long ago. */
    static void settle(Path file) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(NOW.minus(Duration.ofHours(1))));
    }

    static void append(Path file, String text) {
        try {
            Files.writeString(file, text, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String rows(int first, int count) {
        var rows = new StringBuilder();
        for (int i = first; i < first + count; i++) {
            rows.append(row(i));
        }
        return rows.toString();
    }

    static String row(int i) {
        return "C-%d,03/03/2026,10:00:%02d,01792 4960%02d,Ann Example %d,Registration,Hello,Answered\n"
                .formatted(i, i % 60, i % 100, i);
    }

    Outcome take(Path file) throws IOException {
        return taker(settings(false)).take(file, "a-route", "contact-centre");
    }

    ExportTaker taker(ExportSettings settings) {
        return new ExportTaker(receiver, new RowCutting(new Profiles(profiles)), records, vault, settings, clock);
    }

    static ExportSettings settings(boolean keepFinished) {
        return new ExportSettings(keepFinished, Duration.ofDays(30), Duration.ofDays(180), Duration.ofMinutes(1));
    }

    ExportUpkeep upkeep(Duration later, boolean keep) {
        return new ExportUpkeep(held, records, vault, settings(keep), Clock.offset(clock, later));
    }

    List<Path> vault() throws IOException {
        if (!Files.exists(root.resolve("exports"))) {
            return List.of();
        }
        try (var files = Files.walk(root.resolve("exports"))) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    /** What filing does to the rows that were received. */
    void file() {
        var readers = new Readers(new Profiles(profiles));
        for (var kept : receiver.all()) {
            switch (readers.normalise(kept.receipt(), kept.content())) {
                case Message message -> insert(kept.receipt(), "filed", "");
                case ListEntry entry -> insert(kept.receipt(), "filed", "");
                case Unreadable unreadable -> insert(kept.receipt(), "quarantined", unreadable.reason());
            }
        }
    }

    void insert(Receipt receipt, String state, String reason) {
        int inserted = jdbc.sql("""
                        insert into receipt (id, reference, channel, route, direction, received_at, size, source_file, state)
                        values (?, ?, 'telephone', ?, 'inbound', ?, 1, ?, ?) on conflict do nothing
                        """)
                .params(
                        receipt.id().hex(),
                        receipt.reference().value(),
                        receipt.route(),
                        receipt.receivedAt().atOffset(ZoneOffset.UTC),
                        String.valueOf(receipt.sourceFile()),
                        state)
                .update();
        if (inserted == 1 && state.equals("quarantined")) {
            jdbc.sql("""
                            insert into quarantine (receipt_id, reason_code, reason, quarantined_at, channel, route, received_at)
                            select id, 'x', ?, now(), channel, route, received_at from receipt where id = ?
                            """).params(reason, receipt.id().hex()).update();
        }
    }

    String report(String name) throws IOException {
        return Files.readString(folder.resolve("reports").resolve(name));
    }
}
