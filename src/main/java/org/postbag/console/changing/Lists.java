package org.postbag.console.changing;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import org.postbag.staff.UkTime;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What waits for somebody: versions on their way, urgent changes to confirm, things whose file is gone. */
@Component
@Profile("!command")
class Lists {

    private final VersionTable table;
    private final Kinds kinds;
    private final JdbcClient jdbc;
    private final Clock clock;

    Lists(VersionTable table, Kinds kinds, JdbcClient jdbc, Clock clock) {
        this.table = table;
        this.kinds = kinds;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    List<Version> onTheirWay() {
        return table.onTheirWay();
    }

    List<Version> toConfirm() {
        return table.toConfirm();
    }

    /** Those that nobody confirmed in time: data protection officers are told. */
    List<Version> overdue() {
        var today = LocalDate.ofInstant(clock.instant(), UkTime.ZONE);
        return table.toConfirm().stream()
                .filter(one -> one.confirmBy() != null && one.confirmBy().isBefore(today))
                .toList();
    }

    public boolean isOverdue(Version version) {
        return version.confirmBy() != null
                && version.confirmedBy() == null
                && version.confirmBy().isBefore(LocalDate.ofInstant(clock.instant(), UkTime.ZONE));
    }

    /** In force since a file said so, and the file is gone: it still runs. */
    List<Version> withoutFile() {
        return table.inForce().stream()
                .filter(one -> table.latestOfFile(one.kind(), one.name()).isPresent())
                .filter(one -> kinds.of(one.kind())
                        .filter(kind -> kind.fileText(one.name()).isPresent())
                        .isEmpty())
                .toList();
    }

    public String label(String kind) {
        return kinds.of(kind).map(Changeable::label).orElse(kind);
    }

    /** The name of whoever did something. */
    public String nameOf(String actor) {
        if (actor.startsWith("job:")) {
            return "Postbag (" + actor.substring("job:".length()) + ")";
        }
        var username = actor.substring(actor.indexOf(':') + 1);
        return jdbc.sql("select name from staff_member where username = ?")
                .param(username)
                .query(String.class)
                .optional()
                .orElse(username);
    }
}
