package org.postbag.enquiries;

import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.postbag.Visitor;
import org.postbag.bench.Program;
import org.postbag.bench.Report;
import org.postbag.bench.Times;
import org.postbag.enquiries.QuarantineBatch.Act;
import org.postbag.enquiries.QuarantineFinding.Filter;
import org.postbag.receiving.Channel;
import org.postbag.staff.Role;
import org.postbag.work.Batch;
import org.postbag.work.Batches;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** The pages of quarantine with a million items in it, and what a batch of them costs each turn. */
class QuarantineBench {

    private static final int ITEMS = 1_000_000;
    private static final int ASKED = 60;
    private static final int ASKED_NOT_COUNTED = 10;
    private static final double PAGE_MILLIS_MAX = 200;

    private final Report report = new Report("quarantine: %,d items".formatted(ITEMS));

    @Test
    void pagesAreQuick() throws SQLException {
        try (var program = Program.atRest();
                var owner = program.owner()) {
            fill(JdbcClient.create(new SingleConnectionDataSource(owner, true)));
            var visitor = Visitor.signedIn(program.port(), Role.OFFICER);
            var day = program.bean(JdbcClient.class)
                    .sql("select (max(received_at) at time zone 'Europe/London')::date - 3 from quarantine")
                    .query(LocalDate.class)
                    .single();
            page(visitor, "first page, with all groups", "/quarantine");
            page(visitor, "one reason", "/quarantine?reason=code-3");
            page(visitor, "one reason of one route", "/quarantine?route=route-2&reason=code-3");
            page(visitor, "one day", "/quarantine?day=" + day);
            page(visitor, "a page behind 900,000 items", "/quarantine?after=" + behind(program));
            page(visitor, "by program, first page", "/api/quarantine?size=25");
            page(visitor, "by program, groups", "/api/quarantine/groups");
            counts(program);
            turn(program);
        }
        report.print();
    }

    private static void fill(JdbcClient jdbc) {
        jdbc.sql("""
                        insert into receipt (id, reference, channel, route, direction, received_at, size, state, state_at)
                        select md5(i::text) || md5((-i)::text), 'x', (array['email', 'telephone', 'x'])[1 + i % 3], 'route-' || i % 5, 'inbound',
                            now() - make_interval(secs => i), 1, 'quarantined', now()
                        from generate_series(1, :items) i
                        """).param("items", ITEMS).update();
        jdbc.sql("""
                        insert into quarantine (receipt_id, reason_code, reason, quarantined_at, channel, route, received_at)
                        select id, 'code-' || extract(second from received_at)::int % 7, 'words', received_at, channel, route, received_at from receipt
                        """).update();
        jdbc.sql("vacuum analyze quarantine").update();
        jdbc.sql("vacuum analyze receipt").update();
    }

    private static String behind(Program program) {
        return program.bean(JdbcClient.class).sql("""
                        select (extract(epoch from received_at) * 1000000)::bigint || '-' || receipt_id from quarantine
                        order by received_at desc, receipt_id desc offset 900000 limit 1
                        """).query(String.class).single();
    }

    private void page(Visitor visitor, String what, String path) {
        time(what, () -> {
            var answer = visitor.get(path);
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(path + " answered " + answer.statusCode());
            }
            return answer;
        });
    }

    private void counts(Program program) {
        var batches = program.bean(QuarantineBatches.class);
        time("count of all", () -> batches.count(Filter.all(false), List.of()));
        time(
                "count of one channel and reason",
                () -> batches.count(new Filter(false, Channel.EMAIL, null, "code-3", null), List.of()));
    }

    /** The next items of a batch of all, as its work takes them. */
    private void turn(Program program) {
        var work = program.bean(QuarantineBatchWork.class);
        var batches = program.bean(QuarantineBatches.class);
        var batch = batches.start(
                new QuarantineBatches.Asked(
                        Act.TRY, new Filter(false, null, "route-2", "code-3", null), List.of(), 6_000, null),
                "staff:bench");
        batches.pause(batch.id(), "staff:bench");
        var place = program.bean(JdbcClient.class)
                .sql("select max(receipt_id) from quarantine where receipt_id < '8'")
                .query(String.class)
                .single();
        var row = program.bean(Batches.class)
                .find(batch.id(), QuarantineBatches.ACTS)
                .orElseThrow();
        var halfWay = new Batch(
                row.id(),
                row.act(),
                row.state(),
                row.askedBy(),
                row.askedAt(),
                row.reason(),
                row.rate(),
                row.about(),
                place,
                List.of(),
                row.total(),
                Map.of(),
                null,
                row.nextAt(),
                null);
        time("the next 100 of a batch, half-way", () -> work.take(halfWay, row.askedAt()));
    }

    private void time(String what, Supplier<?> asked) {
        var counted = new Times();
        for (int i = -ASKED_NOT_COUNTED; i < ASKED; i++) {
            long start = System.nanoTime();
            var _ = asked.get();
            if (i >= 0) {
                counted.add(System.nanoTime() - start);
            }
        }
        report.note(
                what,
                "p50 %.0f ms".formatted(counted.percentileMillis(50)),
                "most %.0f ms".formatted(counted.percentileMillis(100)));
        report.limit(what + ", p95", counted.percentileMillis(95), "ms", PAGE_MILLIS_MAX);
    }
}
