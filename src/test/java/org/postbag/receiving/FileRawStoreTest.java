package org.postbag.receiving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileRawStoreTest {

    private static final Instant NOW = Instant.parse("2026-03-03T23:59:59Z");
    private static final LocalDate DAY = LocalDate.parse("2026-03-03");

    @TempDir
    Path folder;

    private FileRawStore store;

    @BeforeEach
    void open() {
        store = open(new byte[32]);
    }

    @Test
    void whatIsPutIsReadAndErased() throws IOException {
        for (int size : new int[] {0, 1, 4095, 4096, 5000, 1 << 20, 3_000_000}) {
            var receipt = receipt(size, NOW);
            var content = bytes(size);
            assertThat(store.putIfAbsent(receipt, content)).isSameAs(receipt);
            assertThat(store.read(receipt.id(), Channel.EMAIL))
                    .hasValueSatisfying(b -> assertThat(b).isEqualTo(content));
            assertThat(store.receipt(receipt.id(), Channel.EMAIL)).contains(receipt);
            assertThat(store.read(receipt.id(), Channel.LETTER)).isEmpty();
        }
        assertThat(store.days(Channel.EMAIL)).containsExactly(DAY);
        assertThat(store.ids(Channel.EMAIL, DAY)).hasSize(7);
        try (var listed = store.list(Channel.EMAIL, DAY)) {
            assertThat(listed).hasSize(7);
        }
        var gone = receipt(1, NOW).id();
        store.erase(gone, Channel.EMAIL);
        store.erase(gone, Channel.EMAIL);
        assertThat(store.read(gone, Channel.EMAIL)).isEmpty();
        assertThat(store.ids(Channel.EMAIL, DAY)).hasSize(6);
    }

    @Test
    void aRepeatOnAnotherDayIsKnownAndAnsweredAlike() throws IOException {
        var first = receipt(1, NOW);
        store.putIfAbsent(first, bytes(10));
        var repeat = receipt(1, NOW.plusSeconds(86_400));
        assertThat(store.putIfAbsent(repeat, bytes(10))).isEqualTo(first);
        assertThat(store.days(Channel.EMAIL)).containsExactly(DAY);
    }

    @Test
    void ofManyThreadsAndStoresExactlyOneFindsTheItemAbsent() throws Exception {
        var other = open(new byte[32]);
        try (var threads = Executors.newFixedThreadPool(16)) {
            for (int item = 0; item < 50; item++) {
                var puts = new ArrayList<Callable<Boolean>>();
                for (int i = 0; i < 16; i++) {
                    var mine = receipt(item, NOW.plusMillis(i));
                    var into = i % 2 == 0 ? store : other;
                    puts.add(() -> into.putIfAbsent(mine, bytes(100)) == mine);
                }
                int absent = 0;
                for (var put : threads.invokeAll(puts)) {
                    absent += put.get() ? 1 : 0;
                }
                assertThat(absent).isEqualTo(1);
            }
        }
        try (var files = Files.walk(folder)) {
            assertThat(files.filter(f -> f.toString().endsWith(".part"))).isEmpty();
        }
    }

    @Test
    void damageIsFoundWhereverItIs() throws IOException {
        var receipt = receipt(5, NOW);
        store.putIfAbsent(receipt, bytes(9_000));
        var file = folder.resolve("email/" + DAY + "/" + receipt.id().hex());
        var whole = Files.readAllBytes(file);
        var random = new Random(3);
        for (int i = 0; i < 300; i++) {
            var damaged = whole.clone();
            damaged[random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, damaged);
            assertThatThrownBy(() -> store.read(receipt.id(), Channel.EMAIL)).isInstanceOf(IOException.class);
        }
        for (int length : new int[] {0, 3, 20, 100, whole.length - 9_000, whole.length - 4_200, whole.length - 1}) {
            Files.write(file, java.util.Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> store.read(receipt.id(), Channel.EMAIL)).isInstanceOf(IOException.class);
        }
        Files.write(file, whole);
        var other = new byte[32];
        other[31] = 1;
        assertThatThrownBy(() -> open(other).read(receipt.id(), Channel.EMAIL)).isInstanceOf(IOException.class);
        // Under another name it is another's item.
        var moved = receipt(6, NOW);
        Files.copy(file, folder.resolve("email/" + DAY + "/" + moved.id().hex()));
        assertThatThrownBy(() -> store.read(moved.id(), Channel.EMAIL)).isInstanceOf(IOException.class);
    }

    @Test
    void nothingOfTheContentStandsInTheClear() throws IOException {
        var receipt = receipt(9, NOW);
        store.putIfAbsent(receipt, "Margaret Llewellyn".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        var file = Files.readString(
                folder.resolve("email/" + DAY + "/" + receipt.id().hex()),
                java.nio.charset.StandardCharsets.ISO_8859_1);
        assertThat(file).doesNotContain("Llewellyn").contains("\"route\":\"mailbox\"");
    }

    private FileRawStore open(byte[] key) {
        return new FileRawStore(folder, new MasterKey(key), Disk.REAL);
    }

    static Receipt receipt(int number, Instant at) {
        return new Receipt(
                new ReceiptId("%064x".formatted(number)),
                Channel.EMAIL,
                Direction.INBOUND,
                "mailbox",
                at,
                1,
                null,
                null,
                null,
                null);
    }

    static byte[] bytes(int size) {
        var bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }
}
