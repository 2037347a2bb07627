package org.postbag.console.reaching;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.postbag.audit.Action;
import org.postbag.audit.AuditEvent;
import org.postbag.audit.AuditTrail;
import org.postbag.audit.Subject;
import org.postbag.console.RouteTurns;
import org.postbag.console.WantedState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Gives a secret a new value, and has the routes that use it sign in anew. Needs no second person; the trail says who did it and why, never the value. */
@Component
@Profile("!command")
class SecretChanges {

    static final int REASON_CHARACTERS_MAX = 500;
    /** A route that is busy for longer goes on, and uses the new value from its next sign-in on. */
    private static final long STOP_SECONDS_MAX = 10;

    private static final Logger LOG = LoggerFactory.getLogger(SecretChanges.class);

    private final VaultSecrets vault;
    private final Secrets secrets;
    private final SecretUses uses;
    private final CamelContext camel;
    private final RouteTurns turns;
    private final ObjectProvider<WantedState> wanted;
    private final AuditTrail audit;
    private final TransactionTemplate transaction;

    SecretChanges(
            VaultSecrets vault,
            Secrets secrets,
            SecretUses uses,
            CamelContext camel,
            RouteTurns turns,
            ObjectProvider<WantedState> wanted,
            AuditTrail audit,
            TransactionTemplate transaction) {
        this.vault = vault;
        this.secrets = secrets;
        this.uses = uses;
        this.camel = camel;
        this.turns = turns;
        this.wanted = wanted;
        this.audit = audit;
        this.transaction = transaction;
    }

    /** What became of a change. */
    sealed interface Changed {

        /**
         * @param restarted routes that signed in anew
         * @param busy routes that were not stopped in time: they go on, and use it from their next sign-in on
         */
        record Done(List<String> restarted, List<String> busy) implements Changed {}

        /** The environment or a file has it, which come first. */
        record Elsewhere(String source) implements Changed {}

        /** @param field {@code name}, {@code secret} or {@code reason} */
        record Wrong(String field, String words) implements Changed {}
    }

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
        if (reason.isBlank() || reason.length() > REASON_CHARACTERS_MAX) {
            return new Changed.Wrong("reason", reason.isBlank() ? "Enter why" : "Why must be 500 characters or fewer");
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
                            + reason.strip()));
            vault.put(name, value, actor);
        });
        vault.changed();
        return restart(name);
    }

    private Changed.Done restart(String name) {
        var restarted = new ArrayList<String>();
        var busy = new ArrayList<String>();
        for (var route : uses.routes(name)) {
            turns.during(route, () -> {
                var status = camel.getRouteController().getRouteStatus(route);
                if (status != null && status.isStarted()) {
                    (signsInAnew(route) ? restarted : busy).add(route);
                }
            });
        }
        LOG.info("The secret {} was given a new value; {} routes signed in anew", name, restarted.size());
        return new Changed.Done(restarted, busy);
    }

    private boolean signsInAnew(String route) {
        try {
            if (!camel.getRouteController().stopRoute(route, STOP_SECONDS_MAX, TimeUnit.SECONDS, true)) {
                return false;
            }
            var state = wanted.getIfAvailable();
            if (state == null) {
                camel.getRouteController().startRoute(route);
            } else {
                state.carryOut(route);
            }
            return true;
        } catch (Exception stays) { // Camel's controller throws whatever the route's endpoint throws.
            LOG.warn(
                    "Route {} did not start again after its secret was changed: {}",
                    route,
                    stays.getClass().getSimpleName());
            return false;
        }
    }
}
