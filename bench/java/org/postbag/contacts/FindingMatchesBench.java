package org.postbag.contacts;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.Connection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.postbag.bench.Program;
import org.postbag.bench.Report;
import org.postbag.bench.Times;
import org.postbag.contacts.matching.Field;
import org.postbag.contacts.matching.Keys;
import org.postbag.contacts.matching.MadeUpContacts;
import org.postbag.contacts.matching.Traits;
import org.postgresql.PGConnection;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** One contact, and a batch of them, compared with a million in PostgreSQL: keys, candidates, scores, pairs and the commit. */
class FindingMatchesBench {

    private static final int CONTACTS = Integer.getInteger("bench.contacts", 1_000_000);
    private static final int SINGLES = 2_000;
    private static final int SINGLES_NOT_COUNTED = 500;
    private static final int BATCHES = 30;
    private static final int BATCHES_NOT_COUNTED = 5;
    private static final int CHUNK = 20_000;
    private static final long SEED = 11;

    private final Map<String, StringBuilder> rows = new LinkedHashMap<>();
    private int made;

    @Test
    void oneAndABatchAgainstAMillion() throws Exception {
        var report = new Report("matching: against %,d contacts in PostgreSQL".formatted(CONTACTS));
        try (var program = Program.start("--postbag.filing.enabled=false");
                var owner = program.owner();
                var holding = program.owner();
                var statement = holding.createStatement()) {
            // The program's own work of the kind waits: what is measured runs here.
            statement.execute("select pg_advisory_lock(%d)".formatted(FindingMatches.LOCK));
            fill(owner);
            measure(program, report);
            var pairs = program.bean(JdbcClient.class)
                    .sql("select count(*) from contact_match")
                    .query(Long.class)
                    .single();
            report.note("pairs found", "%,d".formatted(pairs), "");
        }
        report.print();
    }

    private void measure(Program program, Report report) throws Exception {
        var random = new Random(SEED);
        var one = new Times();
        for (int i = 0; i < SINGLES; i++) {
            time(program, List.of(1L + random.nextInt(made)), i >= SINGLES_NOT_COUNTED ? one : new Times());
        }
        var batch = new Times();
        for (int i = 0; i < BATCHES; i++) {
            var ids = random.longs(FindingMatches.BATCH_MAX, 1, made + 1)
                    .distinct()
                    .boxed()
                    .toList();
            time(program, ids, i >= BATCHES_NOT_COUNTED ? batch : new Times());
        }
        report.limit("one contact, p99", one.percentileMillis(99), "ms", 10);
        report.note("one contact", one.shown(), "");
        report.limit("a batch of %d, p99".formatted(FindingMatches.BATCH_MAX), batch.percentileMillis(99), "ms", 500);
        report.note("a batch of %d".formatted(FindingMatches.BATCH_MAX), batch.shown(), "");
    }

    private static void time(Program program, List<Long> contactIds, Times times) throws Exception {
        var finding = program.bean(FindingMatches.class);
        program.bean(MatchWork.class).add(contactIds);
        times.time(() -> program.bean(TransactionTemplate.class)
                .executeWithoutResult(status -> finding.compare(finding.waiting())));
    }

    /** Contacts with a name, an address, a number and a claimed postcode each, as filing leaves them, and what they are found by. */
    private void fill(Connection owner) throws Exception {
        owner.setAutoCommit(false);
        try (var statement = owner.createStatement()) {
            // The rows are known to be whole, and need no looking up of what they refer to.
            statement.execute("set session_replication_role = replica");
        }
        new MadeUpContacts(CONTACTS, SEED).each((person, values) -> {
            add(values);
            if (made % CHUNK == 0) {
                copy(owner);
            }
        });
        copy(owner);
        owner.setAutoCommit(true);
        try (var statement = owner.createStatement()) {
            statement.execute("vacuum analyze");
            statement.execute("checkpoint");
        }
    }

    private void add(List<String> values) {
        made++;
        var name = (values.get(0) + " " + values.get(1)).strip();
        var email = values.get(3).isEmpty() ? "" : made + "." + values.get(3);
        var telephone = values.get(4);
        var postcode = values.get(7);
        row("contact (id, category, name, item_name, identified, source)", made, "public", name, name, "t", "email");
        var traits = Traits.builder().add(Field.FULL_NAME, name);
        if (!email.isEmpty()) {
            row("identifier (id, kind, value)", made, "email", email);
            row(
                    "identifier_use (identifier_id, contact_id, state, name_key, source, as_written, since)",
                    made,
                    made,
                    "sole",
                    "",
                    "receipt:0",
                    email,
                    "2026-01-01");
            traits.add(Field.EMAIL, email);
        }
        if (!telephone.isEmpty()) {
            row("claim (enquiry_id, contact_id, kind, value)", made, made, "telephone", telephone);
            org.postbag.normalising.Telephone.parse(telephone)
                    .ifPresent(number -> traits.add(Field.TELEPHONE, number.e164()));
        }
        if (!postcode.isEmpty()) {
            row("claim (enquiry_id, contact_id, kind, value)", made, made, "postcode", postcode);
            traits.add(Field.POSTCODE, postcode);
        }
        for (var key : Keys.of(traits.build())) {
            row("contact_key (key, contact_id)", key, made);
        }
    }

    private void row(String table, Object... values) {
        var text = rows.computeIfAbsent(table, _ -> new StringBuilder());
        for (int i = 0; i < values.length; i++) {
            text.append(i == 0 ? "" : "\t").append(values[i]);
        }
        text.append('\n');
    }

    private void copy(Connection owner) {
        try {
            for (var table : rows.entrySet()) {
                var bytes = table.getValue().toString().getBytes(UTF_8);
                var into =
                        owner.unwrap(PGConnection.class).getCopyAPI().copyIn("copy " + table.getKey() + " from stdin");
                into.writeToCopy(bytes, 0, bytes.length);
                into.endCopy();
            }
            owner.commit();
            rows.clear();
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
