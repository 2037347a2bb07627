package org.postbag.search.lucene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.IOUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postbag.search.Document;
import org.postbag.search.Facet;
import org.postbag.search.Query;
import org.postbag.search.SearchIndex;
import org.postbag.search.SearchIndexContract;
import org.postbag.search.Trouble;
import org.springframework.boot.diagnostics.FailureAnalysis;

class LuceneIndexTest extends SearchIndexContract {

    @TempDir
    private Path data;

    private LuceneIndex index;

    @BeforeEach
    void open() throws IOException {
        index = LuceneIndex.open(data.resolve("index"));
    }

    @AfterEach
    void close() throws IOException {
        index.close();
    }

    @Override
    protected SearchIndex index() {
        return index;
    }

    private static Document document(long id, String text) {
        return new Document(
                id,
                id,
                "ref",
                Instant.EPOCH,
                Map.of(Facet.CHANNEL, "email", Facet.DIRECTION, "inbound", Facet.CATEGORY, "public"),
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

    /** Ends as a crash would: nothing is committed any more. */
    private void again() throws IOException {
        index.close();
        open();
    }

    private void buildAll(Document... documents) throws IOException {
        try (var generation = index.rebuild()) {
            generation.add(List.of(documents));
            generation.open();
        }
    }

    private Path generation() throws IOException {
        return data.resolve("index").resolve(Files.readString(data.resolve("index/current")));
    }

    private void damage(Predicate<String> name, int from) throws IOException {
        index.close();
        try (var files = Files.list(generation())) {
            for (var file :
                    files.filter(f -> name.test(f.getFileName().toString())).toList()) {
                var bytes = Files.readAllBytes(file);
                for (int i = from; i < Math.min(bytes.length, from + 64); i++) {
                    bytes[i] ^= 0x55;
                }
                Files.write(file, bytes, StandardOpenOption.TRUNCATE_EXISTING);
            }
        }
    }

    @Test
    void whatWasWrittenOutlivesTheProcess() throws IOException {
        buildAll();
        index.write(List.of(document(1, "ballot")), List.of());
        again();

        assertThat(index.fault()).isEmpty();
        assertThat(index.search(Query.of("ballot")).enquiryIds()).containsExactly(1L);
    }

    @Test
    void aMissingIndexIsAFaultUntilItIsBuilt() throws IOException {
        assertThat(index.fault()).hasValue(Trouble.MISSING);
        buildAll(document(1, "ballot"));
        assertThat(index.fault()).isEmpty();
        again();
        assertThat(index.fault()).isEmpty();
        assertThat(index.count()).isEqualTo(1);
    }

    @Test
    void aDeletedFolderIsFoundAtTheStart() throws IOException {
        buildAll(document(1, "ballot"));
        index.close();
        IOUtils.rm(generation());
        open();

        assertThat(index.fault()).hasValue(Trouble.DAMAGED);
        assertThat(index.search(Query.of("ballot")).total()).isZero();
        buildAll(document(1, "ballot"));
        assertThat(index.search(Query.of("ballot")).total()).isEqualTo(1);
    }

    @Test
    void anIndexOfAnotherFormAnswersUntilItIsBuiltAnew() throws IOException {
        buildAll(document(1, "ballot"));
        index.close();
        try (var directory = FSDirectory.open(generation());
                var writer = new IndexWriter(directory, new IndexWriterConfig())) {
            writer.setLiveCommitData(Map.of("form", "1 [CHANNEL]").entrySet());
            writer.commit();
        }
        open();

        assertThat(index.fault()).hasValue(Trouble.OTHER_FORM);
        index.write(List.of(document(2, "ballot")), List.of());
        assertThat(index.search(Query.of("ballot")).enquiryIds()).containsExactlyInAnyOrder(1L, 2L);
        again();
        assertThat(index.fault()).isPresent();

        buildAll(document(1, "ballot"), document(2, "ballot"));
        again();
        assertThat(index.fault()).isEmpty();
    }

    @Test
    void aDamagedListOfSegmentsIsFoundAtTheStart() throws IOException {
        buildAll(document(1, "ballot"));
        damage(name -> name.startsWith("segments_"), 30);
        open();

        assertThat(index.fault()).isPresent();
        assertThat(index.search(Query.of("ballot")).total()).isZero();
    }

    @Test
    void aTruncatedSegmentIsFoundAtTheStart() throws IOException {
        buildAll(document(1, "ballot"));
        index.close();
        try (var files = Files.list(generation())) {
            for (var file : files.filter(f -> f.toString().endsWith(".cfs")).toList()) {
                Files.write(file, new byte[10]);
            }
        }
        open();

        assertThat(index.fault()).isPresent();
    }

    @Test
    void damageInsideASegmentIsFoundByReadingItAll() throws IOException {
        buildAll(document(1, "ballot ".repeat(100)));
        damage(name -> name.endsWith(".cfs"), 200);
        open();
        index.verify();

        assertThat(index.fault()).isPresent();
    }

    @Test
    void aFileThatNamesAnotherFolderIsNotFollowed() throws IOException {
        buildAll(document(1, "ballot"));
        index.close();
        var elsewhere = Files.createDirectory(data.resolve("elsewhere"));
        Files.writeString(data.resolve("index/current"), "../elsewhere");
        open();

        assertThat(index.fault()).isPresent();
        assertThat(elsewhere).isEmptyDirectory();
    }

    @Test
    void aHalfBuiltGenerationIsThrownAwayAtTheStart() throws IOException {
        buildAll(document(1, "ballot"));
        index.close();
        var halfBuilt = Files.createDirectory(data.resolve("index/generation-1"));
        Files.writeString(halfBuilt.resolve("segments_1"), "half");
        open();

        assertThat(halfBuilt).doesNotExist();
        assertThat(index.count()).isEqualTo(1);
    }

    @Test
    void theOldGenerationIsDropped() throws IOException {
        buildAll(document(1, "ballot"));
        buildAll(document(1, "ballot"));

        try (var folders = Files.list(data.resolve("index"))) {
            assertThat(folders.filter(Files::isDirectory)).containsExactly(generation());
        }
    }

    @Test
    void aSecondOneOnTheSameFolderIsRefused() {
        assertThatThrownBy(() -> LuceneIndex.open(data.resolve("index")))
                .isInstanceOf(IndexInUse.class)
                .hasMessageContaining("Another Postbag is running");
    }

    @Test
    void whoStartsASecondOneIsToldWhatToDo() {
        var analysis =
                new IndexInUseAnalyzer().analyze(new IllegalStateException(new IndexInUse(data, new IOException())));

        assertThat(analysis).extracting(FailureAnalysis::getAction).asString().contains("--postbag.data");
    }

    @Test
    void anIndexThatIsTakenAwayWhileItRunsIsAFaultAndIsBuiltAnew() throws IOException {
        buildAll(document(1, "ballot"));
        IOUtils.rm(generation());

        assertThatThrownBy(() -> index.write(List.of(document(2, "ballot")), List.of()))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> index.write(List.of(document(2, "ballot")), List.of()))
                .isInstanceOf(IOException.class);
        assertThat(index.fault()).isPresent();

        buildAll(document(1, "ballot"));
        index.write(List.of(document(2, "ballot")), List.of());
        assertThat(index.fault()).isEmpty();
        assertThat(index.search(Query.of("ballot")).enquiryIds()).containsExactlyInAnyOrder(1L, 2L);
    }
}
