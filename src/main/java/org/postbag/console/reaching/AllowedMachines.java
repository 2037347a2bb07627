package org.postbag.console.reaching;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.postbag.audit.Action;
import org.postbag.audit.AuditEvent;
import org.postbag.audit.AuditTrail;
import org.postbag.audit.Subject;
import org.postbag.staff.Reason;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Machines that approvers allowed routes to reach, one name at a time, so that nobody goes through a network by trying. */
@Component
@Profile("!command")
class AllowedMachines {

    private static final int ALLOWED_MAX = 200;
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+");

    private final JdbcClient jdbc;
    private final AuditTrail trail;
    private final TransactionTemplate transaction;
    private final Clock clock;

    AllowedMachines(JdbcClient jdbc, AuditTrail trail, TransactionTemplate transaction, Clock clock) {
        this.jdbc = jdbc;
        this.trail = trail;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** @param by the actor */
    record Allowed(String name, String by, Instant at, String reason) {}

    /** What became of a change. */
    sealed interface Changed {

        record Done(String name) implements Changed {}

        /** @param field {@code name} or {@code reason} */
        record Wrong(String field, String words) implements Changed {}
    }

    List<Allowed> all() {
        return jdbc.sql("select name, allowed_by, allowed_at, reason from allowed_machine order by name")
                .query((row, _) -> new Allowed(
                        row.getString("name"),
                        row.getString("allowed_by"),
                        row.getObject("allowed_at", OffsetDateTime.class).toInstant(),
                        row.getString("reason")))
                .list();
    }

    Optional<Allowed> named(String name) {
        return all().stream().filter(one -> one.name().equals(name)).findFirst();
    }

    Changed allow(String typed, String reason, String actor) {
        var name = typed.strip().toLowerCase(Locale.ROOT);
        var wrong = wrong(name);
        if (wrong.isPresent()) {
            return new Changed.Wrong("name", wrong.get());
        }
        return changed(reason, why -> {
            if (all().size() >= ALLOWED_MAX) {
                return new Changed.Wrong(
                        "name", "There are " + ALLOWED_MAX + " machines already. Take some away first");
            }
            int added = jdbc.sql("""
                            insert into allowed_machine (name, allowed_at, allowed_by, reason) values (:name, :at, :by, :reason) on conflict do nothing
                            """)
                    .param("name", name)
                    .param("at", clock.instant().atOffset(ZoneOffset.UTC))
                    .param("by", actor)
                    .param("reason", why)
                    .update();
            if (added == 0) {
                return new Changed.Wrong("name", name + " is allowed already");
            }
            record(actor, name, "allowed routes to reach this machine: " + why, "refused", "allowed");
            return new Changed.Done(name);
        });
    }

    Changed takeAway(String name, String reason, String actor) {
        return changed(reason, why -> {
            if (jdbc.sql("delete from allowed_machine where name = ?")
                            .param(name)
                            .update()
                    == 0) {
                return new Changed.Wrong("name", name + " isn’t among those that were allowed");
            }
            record(actor, name, "no longer allows routes to reach this machine: " + why, "allowed", "refused");
            return new Changed.Done(name);
        });
    }

    private interface Change {
        Changed make(String why);
    }

    private Changed changed(String typed, Change change) {
        var reason = Reason.read(typed, "Enter a reason");
        return reason.wrong() == null
                ? transaction.execute(status -> change.make(reason.text()))
                : new Changed.Wrong(reason.wrong().field(), reason.wrong().text());
    }

    private void record(String actor, String name, String detail, String before, String after) {
        trail.record(new AuditEvent(actor, Action.CHANGED, new Subject("machine", name), detail, before, after));
    }

    private static Optional<String> wrong(String name) {
        if (!ParameterCheck.HOST.matcher(name).matches()) {
            return Optional.of("Enter the name of one machine, such as mail.example.org, without spaces, slashes or *");
        }
        if (Machines.isThisMachine(name)) {
            return Optional.of("This machine can only be named in the setting postbag.routes.hosts");
        }
        return Machines.isNeverNamed(name) || isNever(name)
                ? Optional.of("No route may reach " + name)
                : Optional.empty();
    }

    /** Of a name nobody is asked here: where it leads is looked at when it is reached. */
    private static boolean isNever(String name) {
        try {
            return ADDRESS.matcher(name).matches() && Machines.isNever(InetAddress.getByName(name));
        } catch (UnknownHostException noAddress) {
            return true;
        }
    }
}
