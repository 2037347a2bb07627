package org.postbag.console.reaching;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.postbag.audit.Action;
import org.postbag.audit.AuditEvent;
import org.postbag.audit.AuditTrail;
import org.postbag.audit.Subject;
import org.postbag.staff.Reason;
import org.postbag.staff.UkTime;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Gives a secret a new value, and has the routes that use it sign in anew; deletes one that nothing uses. Needs no second person; the trail says who did it and
 * why, never the value.
 */
@Component
@Profile("!command")
class SecretChanges {

    private static final String ASK = "Enter why";
    /** For how long who changes a secret waits for all its routes: those that are busy for longer sign in anew behind. */
    private static final Duration WAIT_MAX = Duration.ofSeconds(10);

    private final VaultSecrets vault;
    private final Secrets secrets;
    private final SecretUses uses;
    private final SecretWatch watch;
    private final KeptTexts kept;
    private final AuditTrail audit;
    private final TransactionTemplate transaction;

    SecretChanges(
            VaultSecrets vault,
            Secrets secrets,
            SecretUses uses,
            SecretWatch watch,
            KeptTexts kept,
            AuditTrail audit,
            TransactionTemplate transaction) {
        this.vault = vault;
        this.secrets = secrets;
        this.uses = uses;
        this.watch = watch;
        this.kept = kept;
        this.audit = audit;
        this.transaction = transaction;
    }

    /** What became of a change. */
    sealed interface Changed {

        /**
         * @param restarted routes of this node that signed in anew
         * @param busy routes of this node that have something in hand still: they end it, and then sign in anew
         * @param elsewhere routes that don't run on this node: those that run on another sign in anew there
         */
        record Done(List<String> restarted, List<String> busy, List<String> elsewhere) implements Changed {}

        /** The environment or a file has it, which come first. */
        record Elsewhere(String source) implements Changed {}

        /** @param field {@code name}, {@code secret} or {@code reason} */
        record Wrong(String field, String words) implements Changed {}
    }

    /** What became of a deletion. */
    sealed interface Deleted {

        record Done() implements Deleted {}

        /** There is none of this name, or no longer. */
        record NotThere() implements Deleted {}

        /** The environment or a file has it. */
        record Elsewhere(String source) implements Deleted {}

        /** Nothing was done, since these use it. */
        record InUse(List<Used> by) implements Deleted {}

        /** @param words about the reason */
        record Wrong(String words) implements Deleted {}
    }

    /** What uses a secret. @param path of its page */
    record Used(String title, String path) {}

    Changed change(String name, String value, String reason, String actor) {
        if (!Secrets.NAME.matcher(name).matches()) {
            return new Changed.Wrong(
                    "name", "Enter a name of letters, digits, dots, hyphens and underscores that begins with a letter");
        }
        if (value.isBlank()) {
            return new Changed.Wrong("secret", "Enter the secret");
        }
        if (value.length() > Secrets.VALUE_CHARACTERS_MAX) {
            return new Changed.Wrong("secret", "The secret must be 10,000 characters or fewer");
        }
        var why = Reason.read(reason, ASK);
        if (why.wrong() != null) {
            return new Changed.Wrong(why.wrong().field(), why.wrong().text());
        }
        var source = secrets.source(name);
        if (source.isPresent() && source.get() != vault) {
            return new Changed.Elsewhere(source.get().title());
        }
        transaction.executeWithoutResult(status -> {
            audit.record(new AuditEvent(
                    actor,
                    source.isPresent() ? Action.CHANGED : Action.CREATED,
                    new Subject("secret", name),
                    (source.isPresent() ? "gave a secret of routes a new value: " : "gave a secret to routes: ")
                            + why.text()));
            vault.put(name, value, actor);
        });
        watch.look();
        return signedInAnew(name);
    }

    private Changed.Done signedInAnew(String name) {
        var done = new Changed.Done(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        long end = System.nanoTime() + WAIT_MAX.toNanos();
        for (var route : uses.routes(name)) {
            var left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
            switch (watch.renewal(route, left)) {
                case ANEW -> done.restarted().add(route);
                case GOES_ON -> done.busy().add(route);
                case DID_NOT_RUN -> done.elsewhere().add(route);
            }
        }
        return done;
    }

    /** Whatever uses a secret: routes that are loaded, be they stopped, and versions that are in force or on their way there. */
    List<Used> used(String name) {
        var used = new ArrayList<Used>();
        var routes = uses.routes(name);
        routes.forEach(route -> used.add(new Used("The route " + route, "/routes/" + route)));
        kept.all().stream()
                .filter(text -> Secrets.references(text.text()).contains(name))
                .filter(text -> !(text.inForce() && routes.contains(text.name())))
                .forEach(text -> used.add(new Used(text.title(), text.path())));
        return used;
    }

    /** For good: nobody can bring the value back. */
    Deleted delete(String name, String reason, String actor) {
        var source = secrets.source(name);
        if (source.isPresent() && source.get() != vault) {
            return new Deleted.Elsewhere(source.get().title());
        }
        var before = vault.kept(name);
        if (before.isEmpty()) {
            return new Deleted.NotThere();
        }
        var used = used(name);
        if (!used.isEmpty()) {
            return new Deleted.InUse(used);
        }
        var why = Reason.read(reason, ASK);
        if (why.wrong() != null) {
            return new Deleted.Wrong(why.wrong().text());
        }
        boolean there = Boolean.TRUE.equals(transaction.execute(status -> {
            audit.record(new AuditEvent(
                    actor,
                    Action.DISCARDED,
                    new Subject("secret", name),
                    "deleted a secret of routes: " + why.text(),
                    "given " + UkTime.dateTime(before.get().changedAt()),
                    null));
            boolean deleted = vault.remove(name);
            if (!deleted) {
                status.setRollbackOnly();
            }
            return deleted;
        }));
        watch.look();
        return there ? new Deleted.Done() : new Deleted.NotThere();
    }
}
