package org.postbag.normalising;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postbag.Mutation;
import org.postbag.receiving.Channel;
import org.postbag.receiving.Direction;
import org.postbag.receiving.ExportRow;
import org.postbag.receiving.Profiles;
import org.postbag.receiving.Receipt;
import org.postbag.receiving.ReceiptId;

/** Whatever is done to an item on its way, its reader gives a message or a reason, and takes no more memory than its size accounts for. */
class DamagedItemsTest {

    private static final Readers READERS = new Readers(new Profiles(Path.of("profiles")));
    private static final int DAMAGED_ITEMS = 1_500;
    private static final long SEED = 20_260_303;

    /** What a reading may take by itself, and for each byte: ten times what the most wasteful one of a million takes. */
    private static final long ALLOCATED_BYTES_MAX = 100_000_000;

    private static final long ALLOCATED_PER_BYTE_MAX = 1_000;

    @ParameterizedTest
    @EnumSource(names = {"EMAIL", "WEB_FORM", "TELEPHONE", "BY_HAND"})
    void aDamagedItemIsReadOrRefused(Channel channel) throws IOException {
        var items = items(channel);
        var allocation = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int i = 0; i < DAMAGED_ITEMS; i++) {
            long seed = SEED + i;
            var random = new Random(seed);
            var content = Mutation.of(items.get(random.nextInt(items.size())), random);
            long before = allocation.getCurrentThreadAllocatedBytes();

            var reading = read(channel, content, seed);

            assertThat(allocation.getCurrentThreadAllocatedBytes() - before)
                    .as("bytes of memory taken for %d bytes, seed %d", content.length, seed)
                    .isLessThan(ALLOCATED_BYTES_MAX + ALLOCATED_PER_BYTE_MAX * content.length);
            if (reading instanceof Unreadable(var code, var reason)) {
                assertThat(code).as("seed %d", seed).matches("[a-z-]{3,40}");
                assertThat(reason).as("seed %d", seed).matches("[A-Z].{10,300}");
            }
        }
    }

    private static Reading read(Channel channel, byte[] content, long seed) {
        var receipt = new Receipt(
                new ReceiptId("a".repeat(64)),
                channel,
                Direction.INBOUND,
                "test",
                Instant.parse("2026-03-04T09:00:00Z"),
                content.length,
                null,
                channel == Channel.TELEPHONE ? "contact-centre" : null,
                null,
                null);
        try {
            return READERS.normalise(receipt, content);
        } catch (RuntimeException | StackOverflowError thrown) {
            throw new AssertionError("The reader failed on the item of seed " + seed, thrown);
        }
    }

    private static List<byte[]> items(Channel channel) throws IOException {
        return switch (channel) {
            case EMAIL -> files(".eml", "samples/email", "src/test/resources/items/email");
            case WEB_FORM -> files(".json", "samples/web-form");
            case BY_HAND -> files(".json", "samples/by-hand");
            default -> rows();
        };
    }

    private static List<byte[]> files(String ending, String... folders) throws IOException {
        var files = new ArrayList<byte[]>();
        for (var folder : folders) {
            try (Stream<Path> within = Files.list(Path.of(folder))) {
                for (var file : within.filter(f -> f.toString().endsWith(ending))
                        .sorted()
                        .toList()) {
                    files.add(Files.readAllBytes(file));
                }
            }
        }
        return files;
    }

    private static List<byte[]> rows() {
        var cells = new TreeMap<>(Map.of(
                "Call ID", "C-1",
                "Call date", "03/03/2026",
                "Call time", "09:15:20",
                "Caller number", "0292 018 0899",
                "Caller name", "Siân Llŷr-Jones",
                "Topic", "Postal votes",
                "Notes", "Wants a form.\r\nBy Friday, for £0.",
                "Outcome", "Answered",
                "Postcode", "CF10 3NQ"));
        return List.of(
                new ExportRow.Whole(cells).json(),
                new ExportRow.Damaged(ExportRow.Fault.UNCLOSED_QUOTE, 3, 9, "C-2,\"03/03/2026,09:15").json());
    }
}
