package org.postbag.search.elasticsearch;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.HealthStatus;
import co.elastic.clients.elasticsearch._types.Refresh;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.jspecify.annotations.Nullable;
import org.postbag.search.Document;
import org.postbag.search.Hits;
import org.postbag.search.Query;
import org.postbag.search.SearchIndex;
import org.postbag.search.Trouble;

/**
 * The index in Elasticsearch. What it has written when it returns is in the transaction log on disk of every copy of the shard, and refreshed, so that the
 * next search sees it. Each write asks first which generations there are, so that several nodes and commands may write and build at the same time.
 */
public final class ElasticsearchIndex implements SearchIndex {

    private static final String VERSION = "9.";

    private final ElasticsearchClient client;
    private final Generations generations;
    private final ElasticsearchClient impatient;
    private final ElasticsearchSearch search;
    private final AtomicReference<@Nullable Rebuilding> next = new AtomicReference<>();
    private volatile @Nullable Trouble fault;
    private volatile @Nullable String otherVersion;

    private ElasticsearchIndex(ElasticsearchClient client, Generations generations) {
        this.client = client;
        this.generations = generations;
        this.impatient = Connection.impatient(client);
        this.search = new ElasticsearchSearch(impatient, generations.name());
    }

    /**
     * Opens the indexes of a name, which are made where there are none.
     *
     * @param client is closed with this
     * @param name of the alias that answers; the indexes' names begin with it
     */
    public static ElasticsearchIndex open(ElasticsearchClient client, String name, Clock clock) throws IOException {
        var index = new ElasticsearchIndex(client, new Generations(client, name, clock));
        index.version(client);
        index.generations.prepare();
        index.known();
        return index;
    }

    /** It may be another one after each restart. Until {@link #look} sees that it is right again, nothing is written or asked. */
    private String version(ElasticsearchClient asking) throws IOException {
        var version = Refusal.told(asking::info).version().number();
        otherVersion = version.startsWith(VERSION) ? null : version;
        requireOurVersion();
        return version;
    }

    private void requireOurVersion() throws WrongVersion {
        var other = otherVersion;
        if (other != null) {
            throw new WrongVersion(other);
        }
    }

    private Generations.Open known() throws IOException {
        requireOurVersion();
        var open = generations.known();
        fault = open.fault().orElse(null);
        return open;
    }

    @Override
    public List<Refused> write(List<Document> documents, List<Removal> removals) throws IOException {
        var open = known();
        var refused = Bulk.write(
                client, open.answering(), open.takesDocuments() ? documents : List.of(), removals, Refresh.True);
        if (open.next() != null) {
            Bulk.write(client, open.next(), documents, removals, Refresh.False);
        }
        return refused;
    }

    @Override
    public Hits search(Query query) throws IOException {
        requireOurVersion();
        try {
            return search.run(query);
        } catch (Refusal refusal) {
            if (!refusal.isGone()) {
                throw refusal;
            }
            known(); // another generation answers since, or somebody took the index away
            return search.run(query);
        }
    }

    @Override
    public Generation rebuild() throws IOException {
        var building = new Rebuilding();
        if (!next.compareAndSet(null, building)) {
            throw new IllegalStateException("The index is being rebuilt already");
        }
        try {
            building.begin();
            return building;
        } catch (IOException | RuntimeException e) {
            next.set(null);
            throw e;
        }
    }

    @Override
    public boolean isHalfBuilt() throws IOException {
        return known().next() != null;
    }

    @Override
    public Contents contents() {
        return new ElasticsearchContents(client, generations.name());
    }

    @Override
    public long count() throws IOException {
        known();
        return contents().count();
    }

    @Override
    public Optional<Trouble> fault() {
        return Optional.ofNullable(fault);
    }

    @Override
    public Engine look() throws IOException {
        var version = version(impatient);
        known();
        var documents = Refusal.told(() -> impatient.count(c -> c.index(generations.name())));
        return new Engine("Elasticsearch", version, documents.count(), generations.block());
    }

    @Override
    public Trouble trouble(Exception thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof Refusal refusal) {
                return refusal.trouble();
            }
            if (cause instanceof WrongVersion) {
                return Trouble.OTHER_VERSION;
            }
            if (cause instanceof SocketTimeoutException && !(cause instanceof ConnectTimeoutException)) {
                return Trouble.SLOW;
            }
        }
        return thrown instanceof IOException ? Trouble.AWAY : Trouble.FAILED;
    }

    /** Elasticsearch checks what it reads by itself, and takes a damaged shard away. */
    @Override
    public void verify() throws IOException {
        known();
        var health = Refusal.told(() -> client.cluster()
                .health(h -> h.index(generations.name())
                        .waitForStatus(HealthStatus.Yellow)
                        .timeout(t -> t.time("30s"))));
        if (health.status() == HealthStatus.Red) {
            fault = Trouble.DAMAGED;
        }
    }

    @Override
    public void close() throws IOException {
        client.close();
    }

    /**
     * A generation in the making. What it is given to add was read after its version was drawn, so of two the one that was read later wins, as with all that is
     * written or removed meanwhile.
     */
    private final class Rebuilding implements Generation {

        private @Nullable String index;
        private long reached;

        void begin() throws IOException {
            var half = generations.makeNext();
            index = half.index();
            reached = half.reached();
        }

        private String index() throws IOException {
            var mine = index;
            if (mine == null) {
                throw new IOException("This generation was opened, or given up");
            }
            return mine;
        }

        @Override
        public long reached() {
            return reached;
        }

        @Override
        public void reach(long enquiryId) throws IOException {
            generations.reach(index(), enquiryId);
            reached = enquiryId;
        }

        @Override
        public List<Refused> add(List<Document> documents) throws IOException {
            return Bulk.write(client, index(), documents, List.of(), Refresh.False);
        }

        @Override
        public Contents contents() throws IOException {
            return new ElasticsearchContents(client, index());
        }

        @Override
        public void open() throws IOException {
            generations.answerFrom(index());
            close();
            known();
        }

        @Override
        public void giveUp() throws IOException {
            generations.drop(index());
            close();
        }

        @Override
        public void close() {
            if (index != null) {
                index = null;
                next.set(null);
            }
        }
    }
}
