package org.postbag.console.seeing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** One tracing of one route, in this node's memory: which items passed which steps, and when. Bounded in items, steps, content and time. */
public final class Trace {

    static final int ITEMS_MAX = 50;
    static final int MINUTES_MAX = 60;
    private static final int STEPS_MAX = 100;

    private final String route;
    private final String by;
    private final Instant begun;
    private final Instant until;
    private final int itemsMax;
    private final boolean withContent;
    private final Map<String, Item> items = new LinkedHashMap<>();
    private @Nullable Instant ended;

    Trace(String route, String by, Instant begun, Instant until, int itemsMax, boolean withContent) {
        this.route = route;
        this.by = by;
        this.begun = begun;
        this.until = until;
        this.itemsMax = itemsMax;
        this.withContent = withContent;
    }

    /** A step as an item passed it. */
    private static final class Passing {
        private final String node;
        private final Instant at;
        private final @Nullable String content;
        private long milliseconds = -1;
        private @Nullable String failure;

        Passing(String node, Instant at, @Nullable String content) {
            this.node = node;
            this.at = at;
            this.content = content;
        }
    }

    private static final class Item {
        private final int number;
        private final List<Passing> steps = new ArrayList<>();
        private int lastBody;

        Item(int number) {
            this.number = number;
        }
    }

    /**
     * A step that was passed.
     *
     * @param milliseconds how long it took; below 0 while it goes on
     * @param failure what kind of fault ended it; null where none did
     * @param hasContent whether what it was given was kept
     */
    public record Passed(
            String node,
            Instant at,
            long milliseconds,
            @Nullable String failure,
            boolean hasContent) {}

    /** An item, or a batch of them, that was traced. */
    public record Traced(int number, Instant at, List<Passed> steps) {

        public boolean hasContent() {
            return steps.stream().anyMatch(Passed::hasContent);
        }
    }

    /** What a step was given, in an item. */
    public record Given(String node, String text) {}

    String route() {
        return route;
    }

    public String by() {
        return by;
    }

    public Instant begun() {
        return begun;
    }

    public Instant until() {
        return until;
    }

    public int itemsMax() {
        return itemsMax;
    }

    public boolean withContent() {
        return withContent;
    }

    public synchronized @Nullable Instant ended() {
        return ended;
    }

    synchronized void end(Instant now) {
        if (ended == null) {
            ended = now;
        }
    }

    /** Off by itself, once its time is over. */
    synchronized void endIfOver(Instant now) {
        if (!now.isBefore(until)) {
            end(until);
        }
    }

    /** @return what to tell when the step is passed; empty where this item isn't traced */
    synchronized Optional<Object> enters(Exchange exchange, String node, Instant now) {
        endIfOver(now);
        var item = items.get(exchange.getExchangeId());
        if (item == null) {
            if (ended != null || items.size() >= itemsMax) {
                end(now);
                return Optional.empty();
            }
            item = new Item(items.size() + 1);
            items.put(exchange.getExchangeId(), item);
        }
        if (item.steps.size() >= STEPS_MAX) {
            return Optional.empty();
        }
        var passing = new Passing(node, now, content(item, exchange));
        item.steps.add(passing);
        return Optional.of(passing);
    }

    /** Once for each body that differs from the one before. */
    private @Nullable String content(Item item, Exchange exchange) {
        var body = exchange.getMessage().getBody();
        int same = System.identityHashCode(body);
        if (!withContent || body == null || item.lastBody == same) {
            return null;
        }
        item.lastBody = same;
        return TraceContent.text(body);
    }

    synchronized void leaves(Object entered, Exchange exchange, Instant now) {
        var passing = (Passing) entered;
        passing.milliseconds = java.time.Duration.between(passing.at, now).toMillis();
        var fault = exchange.getException();
        passing.failure = fault == null ? null : Failures.kind(fault);
    }

    public synchronized List<Traced> items() {
        return items.values().stream()
                .map(item -> new Traced(
                        item.number,
                        item.steps.isEmpty() ? begun : item.steps.getFirst().at,
                        item.steps.stream()
                                .map(step -> new Passed(
                                        step.node, step.at, step.milliseconds, step.failure, step.content != null))
                                .toList()))
                .toList();
    }

    /** What was kept of an item's bodies; empty where there is no such item, or nothing was kept. */
    synchronized List<Given> given(int number) {
        var given = new ArrayList<Given>();
        for (var item : items.values()) {
            for (var step : item.number == number ? item.steps : List.<Passing>of()) {
                if (step.content != null) {
                    given.add(new Given(step.node, step.content));
                }
            }
        }
        return given;
    }
}
