package org.postbag.console.changing;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.postbag.console.Looks;
import org.postbag.receiving.RouteVersions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.annotation.Profile;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Has this node follow what is in force, whichever node that was decided on: looks each half second at the few numbers that say so. At start the files are held
 * against the versions first.
 */
@Component
@Profile("!command")
class InForce implements DisposableBean, RouteVersions {

    private static final Logger LOG = LoggerFactory.getLogger(InForce.class);
    /** What could not be carried out is tried again after this. */
    private static final long AGAIN_NANOSECONDS = TimeUnit.SECONDS.toNanos(30);

    private final Versions versions;
    private final VersionTable table;
    private final Kinds kinds;
    /** By kind and name: the number that this node carried out; 0 where it ended here. */
    private final Map<String, Integer> here = new ConcurrentHashMap<>();

    private final Map<String, Long> failedAt = new ConcurrentHashMap<>();
    /** Those that are being carried out. */
    private final Set<String> inHand = ConcurrentHashMap.newKeySet();

    private final Looks looks = new Looks("versions-in-force", "What is in force", this::look);

    InForce(Versions versions, VersionTable table, Kinds kinds) {
        this.versions = versions;
        this.table = table;
        this.kinds = kinds;
    }

    @EventListener(ApplicationReadyEvent.class)
    void start() {
        looks.later(0, this::reconcile);
        looks.begin();
    }

    @Override
    public void destroy() {
        looks.end();
    }

    /** The version that this node runs. */
    @Override
    public @Nullable Integer inForce(String route) {
        var number = here.get(RouteChanges.KIND + "/" + route);
        return number == null || number == 0 ? null : number;
    }

    /** Files against versions, each kind's. */
    void reconcile() {
        for (var kind : kinds.all()) {
            for (var name : kind.names()) {
                try {
                    if (Versions.NAME.matcher(name).matches()) {
                        kind.fileText(name)
                                .flatMap(text -> versions.reconcile(kind.kind(), name, text))
                                .ifPresent(draft -> LOG.warn(
                                        "The file of {} {} was changed by hand: it is draft {}, to be approved in the console. What is in force still runs",
                                        kind.label(),
                                        name,
                                        draft.number()));
                    }
                } catch (RuntimeException failed) {
                    LOG.warn(
                            "The file of {} {} was not held against its versions: {}",
                            kind.label(),
                            name,
                            failed.getClass().getSimpleName());
                }
            }
        }
    }

    private void look() {
        table.standing().forEach(this::follow);
    }

    private void follow(VersionTable.Standing standing) {
        var thing = standing.kind() + "/" + standing.name();
        int wanted = standing.retired() ? 0 : standing.number();
        var failed = failedAt.get(thing + "/" + wanted);
        if (Integer.valueOf(wanted).equals(here.get(thing))
                || (failed != null && System.nanoTime() - failed < AGAIN_NANOSECONDS)) {
            return;
        }
        // A route that finishes what it has in hand holds up none of the others.
        if (!looks.hasEnded() && inHand.add(thing)) {
            Thread.ofVirtual().name("version-" + thing).start(() -> {
                try {
                    carryOut(standing, thing + "/" + wanted);
                } catch (RuntimeException ended) { // The database goes away, or Camel ends.
                    LOG.warn(
                            "{} could not be looked at: {}",
                            thing,
                            ended.getClass().getSimpleName());
                } finally {
                    inHand.remove(thing);
                }
            });
        }
    }

    private void carryOut(VersionTable.Standing standing, String attempt) {
        var version = table.inForce(standing.kind(), standing.name());
        if (version.map(Version::number).orElse(0) != (standing.retired() ? 0 : standing.number())) {
            return; // Another was decided since.
        }
        kinds.of(standing.kind()).ifPresent(kind -> {
            var carriedOut = version.map(one -> kind.carryOut(one.name(), one.text()))
                    .orElseGet(() -> kind.retire(standing.name()));
            switch (carriedOut) {
                case CarriedOut.InForce() -> {
                    failedAt.remove(attempt);
                    version.ifPresentOrElse(this::carriedOut, () -> ended(standing.kind(), standing.name()));
                }
                case CarriedOut.LeftAsItWas(var reason) -> {
                    LOG.warn("{} {} is not as it was decided here: {}", kind.label(), standing.name(), reason);
                    failedAt.put(attempt, System.nanoTime());
                }
            }
        });
    }

    /** This node has it now. */
    void carriedOut(Version version) {
        var before = here.put(version.kind() + "/" + version.name(), version.number());
        if (before == null || before != version.number()) {
            versions.tell(version);
        }
    }

    /** What this node has of it isn't known any more: it looks again. */
    void forget(String kind, String name) {
        here.remove(kind + "/" + name);
    }

    void ended(String kind, String name) {
        here.put(kind + "/" + name, 0);
    }
}
