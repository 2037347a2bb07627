package org.postbag.console.changing;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Records that a text is in force, or that a thing has ended, and carries it out on this node: both or neither. What is in hand is finished before the
 * transaction begins. Where its commit fails, what was carried out is taken back; and since nobody can tell then whether it failed for the database too, this
 * node looks again at what is in force there, as others do.
 */
@Component
@Profile("!command")
class Placement {

    private static final Logger LOG = LoggerFactory.getLogger(Placement.class);

    private final VersionTable table;
    private final Kinds kinds;
    private final InForce inForce;
    private final TransactionTemplate transaction;

    Placement(VersionTable table, Kinds kinds, InForce inForce, TransactionTemplate transaction) {
        this.table = table;
        this.kinds = kinds;
        this.inForce = inForce;
        this.transaction = transaction;
    }

    /** @param recorded records that the text is in force, or says why it isn't to be */
    Decided put(String kind, String name, String text, Supplier<Decided> recorded) {
        return changed(kind, name, recorded, owner -> owner.carryOut(name, text), inForce::carriedOut);
    }

    /** @param recorded records that it has ended, or says why it doesn't */
    Decided end(String kind, String name, Supplier<Decided> recorded) {
        return changed(kind, name, recorded, owner -> owner.retire(name), _ -> inForce.ended(kind, name));
    }

    private Decided changed(
            String kind,
            String name,
            Supplier<Decided> recorded,
            Function<Changeable, CarriedOut> carryOut,
            Consumer<Version> done) {
        var owner = kinds.of(kind).orElseThrow();
        var outcome = new AtomicReference<Decided>(new Decided.NoSuchVersion());
        var busy = owner.atRest(name, () -> {
            var before = before(owner, name);
            var carriedOut = new AtomicBoolean();
            try {
                outcome.set(together(kind, name, recorded, () -> {
                    var here = carryOut.apply(owner);
                    carriedOut.set(here instanceof CarriedOut.InForce);
                    return here;
                }));
            } catch (RuntimeException | Error unrecorded) {
                if (carriedOut.get()) {
                    takeBack(owner, name, before);
                }
                throw unrecorded;
            }
            if (outcome.get() instanceof Decided.Done(var version)) {
                done.accept(version);
            }
        });
        return busy.<Decided>map(Placement::leftAsItWas).orElseGet(outcome::get);
    }

    private Decided together(String kind, String name, Supplier<Decided> recorded, Supplier<CarriedOut> carryOut) {
        return transaction.execute(status -> {
            table.lock(kind, name);
            var decided = recorded.get();
            if (decided instanceof Decided.Done && carryOut.get() instanceof CarriedOut.LeftAsItWas(var reason)) {
                status.setRollbackOnly();
                return leftAsItWas(reason);
            }
            return decided;
        });
    }

    private static Decided.Refused leftAsItWas(String reason) {
        return new Decided.Refused("Nothing was changed, and what ran before still does: " + reason);
    }

    private Optional<String> before(Changeable owner, String name) {
        return table.inForce(owner.kind(), name).map(Version::text).or(() -> owner.fileText(name));
    }

    private void takeBack(Changeable owner, String name, Optional<String> before) {
        LOG.error("A change of {} {} could not be recorded: it is taken back", owner.label(), name);
        inForce.forget(owner.kind(), name);
        var back = before.map(text -> owner.carryOut(name, text)).orElseGet(() -> owner.retire(name));
        if (back instanceof CarriedOut.LeftAsItWas(var reason)) {
            LOG.error("{} {} could not be taken back: {}", owner.label(), name, reason);
        }
    }
}
