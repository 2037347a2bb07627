package org.postbag.console.trail;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postbag.audit.AuditTrail.Entry;
import org.postbag.receiving.ReceiptId;

/** What events of the console are about. */
public enum About {
    ROUTE("route", "Route", true, "/routes", "/%s"),
    PROFILE("profile", "Profile", true, "/routes/profiles", "/%s"),
    QUESTIONS("questions", "Topic questions", true, "/routes/questions", ""),
    SECRET("secret", "Secret", true, "/routes/secrets", ""),
    MACHINE("machine", "Machine", true, "/routes/machines", ""),
    CONNECTION("connector", "Test of a connection", true, null, ""),
    SAMPLE("sample", "Sample", true, null, ""),
    AGAIN("again-batch", "Read again", true, "/routes/again", "/%s"),
    EXPORT("export", "Held file", false, null, ""),
    BATCH("quarantine-batch", "Many of quarantine", false, "/quarantine/batches", "/%s"),
    ITEM("receipt", "Item in quarantine", false, "/routes/item", "/%s");

    private final String kind;
    private final String label;
    private final boolean open;
    private final @Nullable String list;
    private final String one;

    /**
     * @param kind the subject's, in the trail
     * @param open whether what was typed about it is for whoever sees routes; else staff may have written of people there, and its own page shows it to those
     *     who may see that
     * @param list the page of all of them; null where there is none
     * @param one what comes behind for the page of one
     */
    About(String kind, String label, boolean open, @Nullable String list, String one) {
        this.kind = kind;
        this.label = label;
        this.open = open;
        this.list = list;
        this.one = one;
    }

    /** The word in addresses and in the trail. */
    public String kind() {
        return kind;
    }

    public String label() {
        return label;
    }

    /** Whoever may open this page may open that of one; null where there is none. */
    @Nullable
    String list() {
        return list;
    }

    /** The page of one. */
    String path(String id) {
        return list + one.formatted(id);
    }

    /** What people call it; empty where the number of a thing says nothing. */
    String name(String id) {
        return switch (this) {
            case ITEM -> new ReceiptId(id).reference().value();
            case SAMPLE, QUESTIONS -> "";
            default -> id;
        };
    }

    /** What was typed about an item or a file stands on its own page, for those who may see it. */
    Entry shown(Entry entry) {
        return open ? entry : new Entry(entry.at(), entry.actor(), entry.actorName(), entry.action(), null, null, null);
    }

    /** The one kind, or all where it is none. */
    static Set<String> kinds(String kind) {
        return of(kind).map(one -> Set.of(one.kind))
                .orElseGet(() -> Arrays.stream(values()).map(About::kind).collect(Collectors.toSet()));
    }

    static Optional<About> of(String kind) {
        return Arrays.stream(values()).filter(one -> one.kind.equals(kind)).findFirst();
    }
}
