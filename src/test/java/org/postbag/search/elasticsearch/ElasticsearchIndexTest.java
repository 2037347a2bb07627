package org.postbag.search.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.mapping.DynamicMapping;
import co.elastic.clients.util.BinaryData;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postbag.search.Document;
import org.postbag.search.Facet;
import org.postbag.search.Query;
import org.postbag.search.SearchIndex;
import org.postbag.search.SearchIndexContract;
import org.postbag.search.Trouble;

class ElasticsearchIndexTest extends SearchIndexContract {

    private static final String NAMES = "test-" + UUID.randomUUID() + "-";
    private static final AtomicInteger TESTS = new AtomicInteger();

    private final String name = NAMES + TESTS.incrementAndGet();
    private ElasticsearchIndex index;

    @BeforeEach
    void open() throws IOException {
        index = another();
    }

    @AfterEach
    void close() throws IOException {
        index.close();
    }

    @AfterAll
    static void drop() throws IOException {
        ElasticsearchServer.drop(NAMES);
    }

    @Override
    protected SearchIndex index() {
        return index;
    }

    private ElasticsearchIndex another() throws IOException {
        return ElasticsearchIndex.open(ElasticsearchServer.client(), name, Clock.systemUTC());
    }

    private static Document document(long id, long version, String text) {
        return new Document(
                id,
                version,
                "ref",
                Instant.EPOCH,
                Map.of(Facet.CHANNEL, "email"),
                null,
                null,
                null,
                text,
                List.of(),
                List.of(),
                List.of(),
                Document.Sorted.BY_NOTHING,
                null);
    }

    private void buildAll(Document... documents) throws IOException {
        try (var generation = index.rebuild()) {
            generation.add(List.of(documents));
            generation.open();
        }
    }

    private List<String> indexes(ElasticsearchClient client) throws IOException {
        return List.copyOf(
                client.indices().getAlias(a -> a.index(name + "-*")).aliases().keySet());
    }

    @Test
    void aMissingIndexIsAFaultUntilItIsBuilt() throws IOException {
        assertThat(index.fault()).hasValue(Trouble.MISSING);
        try (var again = another()) {
            assertThat(again.fault()).isPresent();
        }

        buildAll(document(1, 0, "ballot"));
        assertThat(index.fault()).isEmpty();
        try (var again = another()) {
            assertThat(again.fault()).isEmpty();
            assertThat(again.search(Query.of("ballot")).enquiryIds()).containsExactly(1L);
        }
    }

    @Test
    void anIndexThatIsTakenAwayWhileItRunsIsAFaultAndIsBuiltAnew() throws IOException {
        buildAll(document(1, 0, "ballot"));
        try (var client = ElasticsearchServer.client()) {
            var all = indexes(client);
            client.indices().delete(d -> d.index(all));
        }

        assertThat(index.search(Query.of("ballot")).total()).isZero();
        assertThat(index.fault()).isPresent();

        buildAll(document(1, 0, "ballot"));
        index.write(List.of(document(2, 1, "ballot")), List.of());
        assertThat(index.fault()).isEmpty();
        assertThat(index.search(Query.of("ballot")).enquiryIds()).containsExactlyInAnyOrder(1L, 2L);
    }

    @Test
    void anIndexOfAnotherFormAnswersUntilItIsBuiltAnew() throws IOException {
        try (var client = ElasticsearchServer.client()) {
            var all = indexes(client);
            client.indices().delete(d -> d.index(all));
            client.indices().deleteIndexTemplate(t -> t.name(name));
            client.indices()
                    .create(c -> c.index(name + "-0123abcd-1")
                            .aliases(name, a -> a)
                            .mappings(m -> m.dynamic(DynamicMapping.Strict)
                                    .properties("text", t -> t.text(x -> x))
                                    .properties("id", p -> p.long_(l -> l))
                                    .properties("received", p -> p.long_(l -> l))));
            client.index(i -> i.index(name)
                    .id("1")
                    .document(BinaryData.of(
                            "{\"id\": 1, \"received\": 1, \"text\": \"ballot\"}".getBytes(StandardCharsets.UTF_8),
                            "application/json")));
            client.indices().refresh(r -> r.index(name));
        }
        try (var newer = another()) {
            assertThat(newer.fault()).hasValue(Trouble.OTHER_FORM);
            assertThat(newer.write(List.of(document(2, 2, "ballot")), List.of()))
                    .isEmpty();
            assertThat(newer.search(Query.of("text:ballot").withOrder(Query.Order.NEWEST))
                            .enquiryIds())
                    .containsExactly(1L);
        }

        buildAll(document(1, 0, "ballot"), document(2, 0, "ballot"));
        assertThat(index.fault()).isEmpty();
        assertThat(index.search(Query.of("ballot")).total()).isEqualTo(2);
    }

    @Test
    void theOldGenerationIsDroppedAndSoIsOneThatWasLeftHalfBuilt() throws IOException {
        try (var client = ElasticsearchServer.client();
                var crashed = another()) {
            buildAll(document(1, 0, "ballot"));
            assertThat(crashed.rebuild()).isNotNull();
            assertThat(indexes(client)).hasSize(2);

            buildAll(document(1, 0, "ballot"));
            assertThat(indexes(client)).hasSize(1);
        }
    }

    @Test
    void whatOneNodeWritesWhileAnotherBuildsIsInBothGenerations() throws IOException {
        try (var other = another();
                var generation = index.rebuild()) {
            other.write(List.of(document(1, 5, "after")), List.of());
            generation.add(List.of(document(1, 0, "before"), document(2, 0, "before")));
            generation.open();

            assertThat(other.search(Query.of("after")).enquiryIds()).containsExactly(1L);
            assertThat(other.search(Query.of("before")).enquiryIds()).containsExactly(2L);
        }
    }

    @Test
    void aServerThatTakesNoWritesSaysSoAndTakesThemAgainLater() throws IOException {
        buildAll(document(1, 0, "ballot"));
        try (var client = ElasticsearchServer.client()) {
            client.indices().putSettings(s -> s.index(name).settings(i -> i.blocks(b -> b.write(true))));
            assertThatThrownBy(() -> index.write(List.of(document(2, 1, "ballot")), List.of()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("takes no writes");
            assertThat(index.search(Query.of("ballot")).total()).isEqualTo(1);
            client.indices().putSettings(s -> s.index(name).settings(i -> i.blocks(b -> b.write(false))));
        }

        index.write(List.of(document(2, 1, "ballot")), List.of());
        assertThat(index.search(Query.of("ballot")).total()).isEqualTo(2);
    }

    @Test
    void whatIsRefusedIsToldWithoutItsContent() throws IOException {
        var secret = new Document(
                1,
                1,
                "ref",
                Instant.EPOCH,
                Map.of(Facet.TOPIC, "secret".repeat(10_000)),
                null,
                null,
                null,
                "",
                List.of(),
                List.of(),
                List.of(),
                Document.Sorted.BY_NOTHING,
                null);

        assertThat(index.write(List.of(secret), List.of()))
                .singleElement()
                .satisfies(refused -> assertThat(refused.reason())
                        .contains("Elasticsearch refuses")
                        .doesNotContain("secret"));
    }

    @Test
    void manyLargeDocumentsGoInSeveralRequests() throws IOException {
        var text = "ballot paper ".repeat(2_000);
        index.write(
                LongStream.range(0, 1_200).mapToObj(id -> document(id, 1, text)).toList(), List.of());

        assertThat(index.search(Query.of("ballot")).total()).isEqualTo(1_200);
    }
}
