package org.postbag.backlog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postbag.backlog.BatchJson.Read;
import org.postbag.receiving.Direction;
import org.postbag.receiving.Receiver;

class BatchJsonTest {

    private static final Batch.Kind MAILS = new Batch.Kind.Mails(Direction.INBOUND, false);

    private static byte[] written(List<Batch.Item> items) {
        var out = new ByteArrayOutputStream();
        BatchJson.pieces(new Batch(MAILS, items)).forEach(out::writeBytes);
        return out.toByteArray();
    }

    private static Read read(byte[] body) throws IOException {
        return BatchJson.read(new ByteArrayInputStream(body));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 49_151, 49_152, 49_153, 1_000_000})
    void whatIsWrittenIsRead(int length) throws IOException {
        var bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        var items = List.of(
                Batch.Item.mail(bytes, Instant.parse("2026-02-02T08:00:01Z")),
                new Batch.Item(bytes, null, 12, 3),
                Batch.Item.mail(new byte[0], null));

        assertThat(read(written(items))).isInstanceOfSatisfying(Read.Items.class, read -> {
            assertThat(read.tooLarge()).isZero();
            assertThat(read.items()).usingRecursiveComparison().isEqualTo(items);
        });
        assertThat(read(written(List.of()))).isEqualTo(new Read.Items(List.of(), 0));
    }

    @Test
    void anItemThatIsTooLargeIsLeftOutAndCounted() throws IOException {
        var large = new byte[Receiver.CONTENT_BYTES_MAX + 1];
        var items = List.of(Batch.Item.mail(large, null), Batch.Item.mail("a".getBytes(UTF_8), null));

        assertThat(read(written(items))).isInstanceOfSatisfying(Read.Items.class, read -> {
            assertThat(read.tooLarge()).isEqualTo(1);
            assertThat(read.items()).hasSize(1);
        });
    }

    @Test
    void moreThanMayBeSentIsRefusedBeforeItIsRead() throws IOException {
        var one = Batch.Item.mail(new byte[Receiver.CONTENT_BYTES_MAX / 2], null);

        assertThat(read(written(List.of(one, one, one)))).isInstanceOf(Read.TooMuch.class);
        assertThat(read(written(Collections.nCopies(BatchJson.ITEMS_MAX + 1, Batch.Item.mail(new byte[1], null)))))
                .isInstanceOf(Read.TooMuch.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"items\":{}}",
                "{\"items\":[{}]}",
                "{\"items\":[{\"content\":\"Q\"}]}",
                "{\"items\":[{\"content\":\"Q#==\"}]}",
                "{\"items\":[{\"content\":1}]}",
                "{\"items\":[{\"content\":\"\",\"row\":-1}]}",
                "{\"items\":[{\"content\":\"\",\"row\":99999999999}]}",
                "{\"items\":[{\"content\":\"\",\"colour\":1}]}",
                "{\"items\":[{\"content\":\"\",\"reachedAt\":\"yesterday\"}]}",
                "{\"items\":[{\"content\":\"\"}",
                "{\"items\":[{\"content\":\"QUFB",
                "{\"items\":[]}{}",
                "{\"items\":[],\"more\":1}"
            })
    void anythingElseIsRefused(String body) throws IOException {
        assertThat(read(body.getBytes(UTF_8))).isInstanceOf(Read.Malformed.class);
    }
}
