package org.postbag.console.changing;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.postbag.console.changing.Version.Origin;
import org.postbag.console.changing.Version.State;
import org.postbag.staff.UkTime;
import org.postbag.staff.WorkingDays;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** The steps of a version from draft to in force, and out of it. */
@Component
@Profile("!command")
class Decisions {

    /** Within these a second person confirms an urgent change. */
    static final int CONFIRM_WORKING_DAYS = 2;

    private final Versions versions;
    private final VersionTable table;
    private final Kinds kinds;
    private final Placement placement;
    private final TransactionTemplate transaction;
    private final Clock clock;

    Decisions(
            Versions versions,
            VersionTable table,
            Kinds kinds,
            Placement placement,
            TransactionTemplate transaction,
            Clock clock) {
        this.versions = versions;
        this.table = table;
        this.kinds = kinds;
        this.placement = placement;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Who takes a step, and why. */
    record By(String actor, String reason) {}

    /** Checks a version that is on its way; one that no longer passes is a draft again. */
    Decided check(String kind, String name, int number, String actor) {
        var version = versions.byNumber(kind, name, number);
        var owner = kinds.of(kind);
        if (version.isEmpty() || owner.isEmpty()) {
            return new Decided.NoSuchVersion();
        }
        if (!Steps.open().contains(version.get().state())) {
            return new Decided.Refused("Only a version that is on its way is checked.");
        }
        var findings = owner.get().check(name, version.get().text());
        boolean fit = findings.stream().noneMatch(Finding::stops);
        return step(kind, name, number, fit ? Steps.PASS : Steps.FAIL, found -> {
            table.found(found, findings);
            var words = fit
                    ? "checked: nothing stops it"
                    : "checked: findings that stop it: "
                            + findings.stream().filter(Finding::stops).count();
            versions.record(found, actor, words, Optional.empty(), Optional.empty());
        });
    }

    Decided ask(String kind, String name, int number, String actor) {
        return step(
                kind,
                name,
                number,
                Steps.ASK,
                version ->
                        versions.record(version, actor, "approval was asked for", Optional.empty(), Optional.empty()));
    }

    Decided refuse(String kind, String name, int number, By by) {
        return step(kind, name, number, Steps.REFUSE, version -> {
            table.decided(version, by.actor(), by.reason(), null);
            versions.record(version, by.actor(), "refused: " + by.reason(), Optional.empty(), Optional.empty());
        });
    }

    Decided withdraw(String kind, String name, int number, String actor) {
        return step(
                kind,
                name,
                number,
                Steps.WITHDRAW,
                version -> versions.record(version, actor, "withdrawn", Optional.empty(), Optional.empty()));
    }

    /** By a second person. */
    Decided approve(String kind, String name, int number, By by) {
        return approve(kind, name, number, Steps.APPROVE, by);
    }

    /** By one approver alone; a second confirms it later. */
    Decided approveUrgently(String kind, String name, int number, By by) {
        return approve(kind, name, number, Steps.APPROVE_URGENTLY, by);
    }

    private Decided approve(String kind, String name, int number, Steps step, By by) {
        var version = versions.byNumber(kind, name, number);
        if (version.isEmpty()) {
            return new Decided.NoSuchVersion();
        }
        if (step == Steps.APPROVE && version.get().author().equals(by.actor())) {
            return new Decided.Refused("You wrote this version. Somebody else must approve it.");
        }
        if (step.from(version.get().state()).isEmpty()) {
            return refusedAt(version.get());
        }
        // What it was checked against may have changed since: connectors, settings, what is allowed.
        check(kind, name, number, by.actor());
        return placement.put(kind, name, version.get().text(), () -> {
            var found = versions.byNumber(kind, name, number).orElseThrow();
            if (step.from(found.state()).isEmpty()) {
                return found.state() == State.DRAFT
                        ? new Decided.Refused("It no longer passes the checks. See what they found.")
                        : refusedAt(found);
            }
            return placed(found, step, by);
        });
    }

    private Decided placed(Version version, Steps step, By by) {
        var before = supersede(version);
        if (!table.move(version, State.IN_FORCE)) {
            return refusedAt(version);
        }
        boolean urgent = step == Steps.APPROVE_URGENTLY;
        table.decided(version, by.actor(), by.reason(), urgent ? confirmBy() : null);
        var words = (urgent ? "approved urgently, by one alone: " : "approved: ") + by.reason();
        versions.record(version, by.actor(), words, before, Optional.of(version));
        return new Decided.Done(versions.byNumber(version.kind(), version.name(), version.number())
                .orElseThrow());
    }

    private LocalDate confirmBy() {
        return WorkingDays.after(LocalDate.ofInstant(clock.instant(), UkTime.ZONE), CONFIRM_WORKING_DAYS);
    }

    /** Brings the text of a version that was in force back, as a version of its own. It was approved once: that is enough. */
    Decided rollBack(String kind, String name, int number, By by) {
        var version = versions.byNumber(kind, name, number);
        var owner = kinds.of(kind);
        if (version.isEmpty() || owner.isEmpty()) {
            return new Decided.NoSuchVersion();
        }
        var old = version.get();
        if (!isGoodToReturnTo(old)) {
            return new Decided.Refused("Only a version that was in force before can be rolled back to.");
        }
        var stops = owner.get().check(name, old.text()).stream()
                .filter(Finding::stops)
                .toList();
        if (!stops.isEmpty() && old.origin() != Origin.FILE) {
            return new Decided.Refused(
                    "It no longer passes the checks: " + stops.getFirst().message());
        }
        return placement.put(kind, name, old.text(), () -> {
            var again = versions.byNumber(kind, name, number).orElseThrow();
            if (!isGoodToReturnTo(again)) {
                return refusedAt(again);
            }
            var before = supersede(again);
            var added =
                    table.add(kind, name, old.text(), State.IN_FORCE, Origin.ROLLBACK, by.actor(), by.reason(), number);
            table.decided(added, by.actor(), by.reason(), null);
            versions.record(
                    added,
                    by.actor(),
                    "rolled back to version " + number + ": " + by.reason(),
                    before,
                    Optional.of(added));
            return new Decided.Done(
                    versions.byNumber(kind, name, added.number()).orElseThrow());
        });
    }

    /** It was in force: it has an approver, or was read from the file when there was no other. */
    static boolean isGoodToReturnTo(Version version) {
        boolean approved = version.approver() != null || (version.origin() == Origin.FILE && version.number() == 1);
        return approved && version.state() == State.SUPERSEDED;
    }

    private Optional<Version> supersede(Version next) {
        var before = table.inForce(next.kind(), next.name());
        before.ifPresent(one -> table.move(one, Steps.REPLACE.from(one.state()).orElseThrow()));
        return before;
    }

    /** Says as a second person that an urgent change was right. */
    Decided confirm(String kind, String name, int number, String actor) {
        return transaction.execute(status -> {
            var version = versions.byNumber(kind, name, number);
            if (version.isEmpty()) {
                return new Decided.NoSuchVersion();
            }
            var urgent = version.get();
            if (actor.equals(urgent.approver()) || actor.equals(urgent.author())) {
                return new Decided.Refused("Somebody else must confirm it: you wrote or approved it.");
            }
            if (!table.confirmed(urgent, actor)) {
                return new Decided.Refused("It is not waiting to be confirmed.");
            }
            versions.record(urgent, actor, "urgent change confirmed", Optional.empty(), Optional.empty());
            return new Decided.Done(versions.byNumber(kind, name, number).orElseThrow());
        });
    }

    /** Ends a thing that was made in the console. */
    Decided retire(String kind, String name, By by) {
        if (kinds.of(kind).isEmpty()) {
            return new Decided.NoSuchVersion();
        }
        return placement.end(kind, name, () -> {
            var version = table.inForce(kind, name);
            if (version.isEmpty()) {
                return new Decided.NoSuchVersion();
            }
            table.move(version.get(), State.RETIRED);
            versions.record(version.get(), by.actor(), "retired: " + by.reason(), version, Optional.empty());
            return new Decided.Done(
                    versions.byNumber(kind, name, version.get().number()).orElseThrow());
        });
    }

    private Decided step(String kind, String name, int number, Steps step, Consumer<Version> also) {
        return transaction.execute(status -> {
            table.lock(kind, name);
            var version = versions.byNumber(kind, name, number);
            if (version.isEmpty()) {
                return new Decided.NoSuchVersion();
            }
            var to = step.from(version.get().state());
            if (to.isEmpty() || !table.move(version.get(), to.get())) {
                return refusedAt(version.get());
            }
            also.accept(version.get());
            return new Decided.Done(versions.byNumber(kind, name, number).orElseThrow());
        });
    }

    private static Decided refusedAt(Version version) {
        return new Decided.Refused("Nothing was done: version " + version.number() + " is now “"
                + version.state().label() + "”.");
    }

    /** All findings of the latest check. */
    List<Finding> findings(Version version) {
        return table.findings(version).map(VersionTable.Checked::findings).orElse(List.of());
    }
}
