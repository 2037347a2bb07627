package org.postbag.console.changing;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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
    private static final long LOOK_MILLISECONDS = 500;
    /** What could not be carried out is tried again after this. */
    private static final long AGAIN_NANOSECONDS = TimeUnit.SECONDS.toNanos(30);

    private final Versions versions;
    private final VersionTable table;
    private final Kinds kinds;
    /** By kind and name: the number that this node carried out; 0 where it ended here. */
    private final Map<String, Integer> here = new ConcurrentHashMap<>();

    private final Map<String, Long> failedAt = new ConcurrentHashMap<>();
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("versions-in-force").factory());
    private boolean away;

    InForce(Versions versions, VersionTable table, Kinds kinds) {
        this.versions = versions;
        this.table = table;
        this.kinds = kinds;
    }

    @EventListener(ApplicationReadyEvent.class)
    void start() {
        looks.execute(this::reconcile);
        looks.scheduleWithFixedDelay(this::look, 0, LOOK_MILLISECONDS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void destroy() {
        looks.shutdownNow();
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

    /** One look. */
    void look() {
        try {
            table.standing().forEach(this::follow);
            away = false;
        } catch (RuntimeException failed) {
            if (!away) {
                LOG.warn(
                        "What is in force can't be looked at: {}",
                        failed.getClass().getSimpleName());
            }
            away = true;
        }
    }

    private void follow(VersionTable.Standing standing) {
        var thing = standing.kind() + "/" + standing.name();
        int wanted = standing.retired() ? 0 : standing.number();
        var failed = failedAt.get(thing + "/" + wanted);
        if (Integer.valueOf(wanted).equals(here.get(thing))
                || (failed != null && System.nanoTime() - failed < AGAIN_NANOSECONDS)) {
            return;
        }
        kinds.of(standing.kind()).ifPresent(kind -> {
            if (standing.retired()) {
                kind.retire(standing.name());
                here.put(thing, 0);
                return;
            }
            versions.byNumber(standing.kind(), standing.name(), standing.number())
                    .ifPresent(version -> follow(kind, version, thing + "/" + wanted));
        });
    }

    private void follow(Changeable kind, Version version, String attempt) {
        switch (kind.carryOut(version.name(), version.text())) {
            case CarriedOut.InForce() -> {
                failedAt.remove(attempt);
                carriedOut(version);
            }
            case CarriedOut.LeftAsItWas(var reason) -> {
                LOG.warn(
                        "{} {}: version {} could not be put in force here: {}",
                        kind.label(),
                        version.name(),
                        version.number(),
                        reason);
                failedAt.put(attempt, System.nanoTime());
            }
        }
    }

    /** This node has it now. */
    void carriedOut(Version version) {
        var before = here.put(version.kind() + "/" + version.name(), version.number());
        if (before == null || before != version.number()) {
            versions.tell(version);
        }
    }

    void ended(String kind, String name) {
        here.put(kind + "/" + name, 0);
    }
}
