package org.postbag.console.changing;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.postbag.audit.Action;
import org.postbag.audit.AuditEvent;
import org.postbag.audit.AuditTrail;
import org.postbag.audit.Subject;
import org.postbag.console.changing.Version.Origin;
import org.postbag.console.changing.Version.State;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The texts of all that is changed in the console. Every saved text is a version with a number of its own and stays; one of each thing is in force, and at most
 * one is on its way there.
 */
@Component
@Profile("!command")
public class Versions {

    /** What a thing can be called: it stands in addresses. */
    public static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    /** Under which what a file says is recorded. */
    static final String FILES = "job:files";

    private final VersionTable table;
    private final AuditTrail trail;
    private final Map<String, List<Consumer<Version>>> listeners = new ConcurrentHashMap<>();

    /** Texts never change, so an id stands for one. */
    private record Known(List<Long> ids, List<Version> versions) {}

    private final Map<String, Known> known = new ConcurrentHashMap<>();

    Versions(VersionTable table, AuditTrail trail) {
        this.table = table;
        this.trail = trail;
    }

    /**
     * Saves a text as the next version, as a draft. A draft that was there is replaced by it, and stays among the versions.
     *
     * @param baseVersion the number of the latest version that the author saw ({@link #latest}), or 0 where there was none
     * @param author {@code staff:<username>}
     * @param reason why it is changed; not empty
     */
    @Transactional
    public Drafted draft(
            String kind, String name, String text, int baseVersion, String author, String reason, Origin origin) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("A name has small letters, digits and hyphens");
        }
        table.lock(kind, name);
        var latest = table.latest(kind, name);
        if (latest.map(Version::number).orElse(0) != baseVersion) {
            return new Drafted.Overtaken(latest.orElseThrow());
        }
        var before = table.onItsWay(kind, name).or(() -> table.inForce(kind, name));
        if (before.isPresent() && before.get().text().equals(text)) {
            return new Drafted.Unchanged(before.get());
        }
        table.onItsWay(kind, name)
                .ifPresent(open ->
                        table.move(open, Steps.REPLACE.from(open.state()).orElseThrow()));
        var base = before.map(Version::number).orElse(null);
        var saved = table.add(kind, name, text, State.DRAFT, origin, author, reason, base);
        record(saved, author, "saved as a draft: " + reason, before, Optional.of(saved));
        return new Drafted.Saved(saved);
    }

    @Transactional
    public Drafted draft(String kind, String name, String text, int baseVersion, String author, String reason) {
        return draft(kind, name, text, baseVersion, author, reason, Origin.FORM);
    }

    /** The version with the highest number, whatever became of it. */
    public Optional<Version> latest(String kind, String name) {
        return table.latest(kind, name);
    }

    /** Empty where the file is, or nothing. */
    public Optional<Version> inForce(String kind, String name) {
        return table.inForce(kind, name);
    }

    /**
     * All of a kind that are in force, by name. Asked every other second, so they are read only where they aren't those of the last time; what was said of one
     * since, such as a confirmation, isn't in it.
     */
    public List<Version> inForce(String kind) {
        var ids = table.idsInForce(kind);
        var last = known.get(kind);
        if (last != null && last.ids().equals(ids)) {
            return last.versions();
        }
        var versions = table.inForce(kind);
        known.put(kind, new Known(ids, versions));
        return versions;
    }

    /** All of a thing, newest first. */
    public List<Version> all(String kind, String name) {
        return table.all(kind, name);
    }

    public Optional<Version> byNumber(String kind, String name, int number) {
        return table.byNumber(kind, name, number);
    }

    /** What was made in the console and has ended: no file and no start brings it back. */
    public List<String> retired(String kind) {
        return table.standing().stream()
                .filter(one -> one.kind().equals(kind) && one.retired())
                .map(VersionTable.Standing::name)
                .toList();
    }

    /**
     * What a file says, held against the versions. One that was never seen is the first version, in force; one that was changed by hand since is a draft.
     *
     * @return the draft that was made of it
     */
    @Transactional
    Optional<Version> reconcile(String kind, String name, String fileText) {
        table.lock(kind, name);
        var latest = table.latest(kind, name);
        if (latest.isEmpty()) {
            var first = table.add(kind, name, fileText, State.IN_FORCE, Origin.FILE, FILES, "As the file says", null);
            record(first, FILES, "read from its file", Optional.empty(), Optional.of(first));
            return Optional.empty();
        }
        boolean known = table.inForce(kind, name)
                        .filter(one -> one.text().equals(fileText))
                        .isPresent()
                || table.latestOfFile(kind, name)
                        .filter(one -> one.text().equals(fileText))
                        .isPresent();
        if (known || table.onItsWay(kind, name).isPresent()) {
            return Optional.empty();
        }
        var before = table.inForce(kind, name);
        var proposal = table.add(
                kind,
                name,
                fileText,
                State.DRAFT,
                Origin.FILE,
                FILES,
                "The file was changed by hand",
                before.map(Version::number).orElse(null));
        record(proposal, FILES, "the file was changed by hand: saved as a draft", before, Optional.of(proposal));
        return Optional.of(proposal);
    }

    /** Before and after are the versions' numbers and how many lines differ: the texts themselves stay where they are. */
    void record(Version about, String actor, String detail, Optional<Version> before, Optional<Version> after) {
        trail.record(new AuditEvent(
                actor,
                about.kind().equals("route") ? Action.ROUTE_CHANGED : Action.CHANGED,
                new Subject(about.kind(), about.name()),
                "version " + about.number() + ": " + detail,
                before.map(one -> "version " + one.number()).orElse(null),
                after.map(one -> "version " + one.number() + " ("
                                + Difference.between(before.map(Version::text).orElse(""), one.text())
                                        .summary() + ")")
                        .orElse(null)));
    }

    /** Calls back on this node whenever a version of a kind has come into force, on whichever node that was decided, after it was carried out here. */
    public void onChange(String kind, Consumer<Version> listener) {
        listeners.computeIfAbsent(kind, any -> new CopyOnWriteArrayList<>()).add(listener);
    }

    void tell(Version version) {
        listeners.getOrDefault(version.kind(), List.of()).forEach(listener -> listener.accept(version));
    }

    /** The page of a version: checks, difference, buttons. Where an editor is sent after saving a draft. */
    public static String page(String kind, String name, int number) {
        return "/routes/changes/" + kind + "/" + name + "/" + number;
    }
}
