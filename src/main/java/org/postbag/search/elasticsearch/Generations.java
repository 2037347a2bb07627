package org.postbag.search.elasticsearch;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch.indices.update_aliases.Action;
import co.elastic.clients.json.JsonData;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.postbag.search.Document;
import org.postbag.search.Trouble;

/**
 * The indexes of one Postbag: an alias leads to the one that answers, another to one that is being built beside it. What each is, its name tells: the form
 * it was made in (settings and mapping), and when; 0 for the one that was made empty because there was none. So every node and command sees the same.
 */
final class Generations {

    private static final byte[] FORM = form();
    private static final String FORM_NAME = formName();
    private static final String NEVER_BUILT = "0";
    private static final String REACHED = "reached";
    private static final long PRIORITY = 500;
    private static final Duration MERGE_LOOK = Duration.ofMillis(500);
    private static final int FAILED = 500;

    private final ElasticsearchClient client;
    private final String name;
    private final Clock clock;

    Generations(ElasticsearchClient client, String name, Clock clock) {
        this.client = client;
        this.name = name;
        this.clock = clock;
    }

    /**
     * Those that are there.
     *
     * @param answering the name of the index that answers
     * @param next that of the one that is being built, or null
     */
    record Open(String answering, @Nullable String next) {

        /** Why it doesn't hold all that was filed. */
        Optional<Trouble> fault() {
            if (answering.endsWith("-" + NEVER_BUILT)) {
                return Optional.of(Trouble.MISSING);
            }
            return isInOurForm(answering) ? Optional.empty() : Optional.of(Trouble.OTHER_FORM);
        }

        /** An index in another form refuses our documents. It answers with those that it has until the one that is built beside it is whole. */
        boolean takesDocuments() {
            return isInOurForm(answering);
        }

        private static boolean isInOurForm(String index) {
            return index.contains("-" + FORM_NAME + "-");
        }
    }

    /** The name that searches use. */
    String name() {
        return name;
    }

    private String nextName() {
        return name + "-next";
    }

    /** Sees to it that indexes are made in our form, and by us alone: a write to one that was taken away fails. */
    void prepare() throws IOException {
        Refusal.told(() -> client.indices()
                .putIndexTemplate(t -> t.name(name)
                        .indexPatterns(name + "-*")
                        .priority(PRIORITY)
                        .allowAutoCreate(false)
                        .template(form -> form.withJson(new ByteArrayInputStream(FORM)))));
    }

    /** What is there; an empty one is made where nothing answers. */
    Open known() throws IOException {
        var aliases = Refusal.told(
                () -> client.indices().getAlias(a -> a.index(name + "-*").allowNoIndices(true)));
        String answering = null;
        String next = null;
        for (var index : aliases.aliases().entrySet()) {
            var of = index.getValue().aliases().keySet();
            answering = of.contains(name) ? later(answering, index.getKey()) : answering;
            next = of.contains(nextName()) ? later(next, index.getKey()) : next;
        }
        return new Open(answering == null ? makeFirst() : answering, next);
    }

    /** Why the one that answers takes no writes; null where it takes them. */
    @Nullable
    Trouble block() throws IOException {
        for (var index : Refusal.told(() -> client.indices().getSettings(s -> s.index(name)))
                .settings()
                .values()) {
            var settings = index.settings();
            var blocks = settings == null
                    ? null
                    : settings.index() == null
                            ? settings.blocks()
                            : settings.index().blocks();
            if (blocks != null) {
                if (Boolean.TRUE.equals(blocks.readOnlyAllowDelete())) {
                    return Trouble.FULL; // which Elasticsearch sets by itself
                }
                if (Boolean.TRUE.equals(blocks.readOnly()) || Boolean.TRUE.equals(blocks.write())) {
                    return Trouble.READ_ONLY;
                }
            }
        }
        return null;
    }

    private static String later(@Nullable String one, String other) {
        return one != null && one.compareTo(other) > 0 ? one : other;
    }

    private String makeFirst() throws IOException {
        prepare();
        var index = name + "-" + FORM_NAME + "-" + NEVER_BUILT;
        try {
            Refusal.told(() -> client.indices().create(c -> c.index(index).aliases(name, a -> a)));
        } catch (Refusal refusal) {
            if (!refusal.isThereAlready()) { // by another node, just now
                throw refusal;
            }
        }
        return index;
    }

    /**
     * One that is being built.
     *
     * @param reached all enquiries up to this one are in it
     */
    record HalfBuilt(String index, long reached) {}

    /** The one that was left half-built beside that which answers, or a new, empty one. */
    HalfBuilt makeNext() throws IOException {
        prepare();
        var left = known().next();
        if (left != null && Open.isInOurForm(left)) {
            return new HalfBuilt(left, reached(left));
        }
        if (left != null) {
            drop(left);
        }
        var index = name + "-" + FORM_NAME + "-" + clock.millis();
        Refusal.told(() -> client.indices()
                .create(c -> c.index(index)
                        .aliases(nextName(), a -> a)
                        .settings(s -> s.refreshInterval(i -> i.time("-1")))));
        return new HalfBuilt(index, 0);
    }

    /** Remembers with the index itself how far it is built. */
    void reach(String index, long enquiryId) throws IOException {
        Refusal.told(() ->
                client.indices().putMapping(m -> m.index(index).meta(REACHED, JsonData.of(Long.toString(enquiryId)))));
    }

    private long reached(String index) throws IOException {
        var mapping = Refusal.told(() -> client.indices().getMapping(m -> m.index(index)))
                .get(index);
        var said = mapping == null ? null : mapping.mappings().meta().get(REACHED);
        var digits = said == null ? "" : said.toJson().toString().replaceAll("\\D", "");
        return digits.isEmpty() ? 0 : Long.parseLong(digits);
    }

    /** Lets one answer, and drops the one that did, in one step; when it is in one piece. */
    void answerFrom(String index) throws IOException {
        merge(index);
        Refusal.told(() ->
                client.indices().putSettings(s -> s.index(index).settings(i -> i.refreshInterval(t -> t.time("1s")))));
        Refusal.told(() -> client.indices().refresh(r -> r.index(index)));
        var actions = new ArrayList<Action>();
        actions.add(Action.of(a -> a.add(add -> add.index(index).alias(name))));
        actions.add(Action.of(a -> a.remove(r -> r.index(index).alias(nextName()))));
        others(index).forEach(other -> actions.add(Action.of(a -> a.removeIndex(r -> r.index(other)))));
        Refusal.told(() -> client.indices().updateAliases(u -> u.actions(actions)));
    }

    /**
     * Makes one segment of it, while it takes writes: a search of one is two thirds of the work of a search of sixteen, and what Elasticsearch kept beside each
     * document for other copies, three quarters of the disk, goes; that of what is flushed. It takes longer than a request may, so its end is asked for.
     */
    private void merge(String index) throws IOException {
        Refusal.told(() -> client.indices().flush(f -> f.index(index)));
        var task = Refusal.told(() -> client.indices()
                        .forcemerge(f -> f.index(index).maxNumSegments(1L).waitForCompletion(false)))
                .task();
        while (task != null) {
            var state = Refusal.told(() -> client.tasks().get(t -> t.taskId(task)));
            var error = state.error();
            if (error != null) {
                throw Refusal.of(FAILED, error.type() == null ? "" : error.type());
            }
            if (state.completed()) {
                return;
            }
            Bulk.pause(MERGE_LOOK);
        }
    }

    private List<String> others(String index) throws IOException {
        return Refusal.told(() -> client.indices().getAlias(a -> a.index(name + "-*"))).aliases().entrySet().stream()
                .filter(other -> other.getValue().aliases().containsKey(name))
                .map(Map.Entry::getKey)
                .filter(other -> !other.equals(index))
                .toList();
    }

    void drop(String index) throws IOException {
        Refusal.told(() -> client.indices().delete(d -> d.index(index).ignoreUnavailable(true)));
    }

    private static byte[] form() {
        try (var json = Objects.requireNonNull(Generations.class.getResourceAsStream("index.json"))) {
            return json.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String formName() {
        var crc = new CRC32();
        crc.update(FORM);
        crc.update(Document.form().getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }
}
