package org.postbag.receiving;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.postbag.receiving.Receipts.NOON;
import static org.postbag.receiving.Receipts.id;
import static org.postbag.receiving.Receipts.receipt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileRawStoreTest extends RawStoreContract {

    private static final MasterKey KEY = new MasterKey(new byte[32]);

    @TempDir
    private Path folder;

    @Override
    FileRawStore store(Instant now) {
        return new FileRawStore(folder, KEY, Disk.REAL, Clock.fixed(now, ZoneOffset.UTC));
    }

    @Test
    void whatSomeoneWroteDoesNotStandInTheFile() throws Exception {
        store(NOON).putIfAbsent(receipt(1), "a private matter".getBytes(UTF_8));
        assertThat(new String(Files.readAllBytes(file(1)), UTF_8)).doesNotContain("private");
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 5_000, 1_500_000})
    void noDamagedByteIsEverHandedOut(int size) throws Exception {
        var store = store(NOON);
        store.putIfAbsent(receipt(1), new byte[size]);
        var whole = Files.readAllBytes(file(1));
        for (int at = 0; at < whole.length; at += Math.max(1, whole.length / 97)) {
            var tampered = whole.clone();
            tampered[at] ^= 1;
            Files.write(file(1), tampered);
            assertThatThrownBy(() -> store.read(id(1), Channel.EMAIL))
                    .as("byte %d of %d", at, size)
                    .isInstanceOf(IOException.class);
        }
        for (int length = 0; length < whole.length; length += Math.max(1, whole.length / 97)) {
            Files.write(file(1), Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> store.read(id(1), Channel.EMAIL))
                    .as("cut after %d of %d", length, size)
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void aReceiptInAFileIsVouchedForByItsKey() throws Exception {
        var store = store(NOON);
        store.putIfAbsent(receipt(1), new byte[100]);
        var changed = new String(Files.readAllBytes(file(1)), java.nio.charset.StandardCharsets.ISO_8859_1)
                .replace("enquiries-mailbox", "enquiries-mailboy");
        Files.write(file(1), changed.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> store.receipt(id(1), Channel.EMAIL)).isInstanceOf(IOException.class);
    }

    @Test
    void aFileUnderAnothersNameIsRefused() throws Exception {
        var store = store(NOON);
        store.putIfAbsent(receipt(1), new byte[100]);
        Files.move(file(1), file(2));
        assertThatThrownBy(() -> store.read(id(2), Channel.EMAIL)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> store.receipt(id(2), Channel.EMAIL)).isInstanceOf(IOException.class);
    }

    @Test
    void anotherMasterKeyOpensNothing() throws Exception {
        store(NOON).putIfAbsent(receipt(1), new byte[100]);
        var other = new byte[32];
        other[31] = 1;
        var stranger = new FileRawStore(folder, new MasterKey(other), Disk.REAL, Clock.fixed(NOON, ZoneOffset.UTC));
        assertThatThrownBy(() -> stranger.read(id(1), Channel.EMAIL)).isInstanceOf(IOException.class);
    }

    @Test
    void twoWhoStoreAnItemOnTwoSidesOfMidnightKeepOne() throws Exception {
        var before = Instant.parse("2026-03-03T23:59:59Z");
        var after = before.plusSeconds(2);
        // Between the look and the link of the later one, the earlier one stores it.
        var disk = new Disk() {
            @Override
            public void link(Path file, Path name) throws IOException {
                store(before).putIfAbsent(receipt(1, before), "one".getBytes(UTF_8));
                Disk.super.link(file, name);
            }
        };
        var later = new FileRawStore(folder, KEY, disk, Clock.fixed(after, ZoneOffset.UTC));

        assertThat(later.putIfAbsent(receipt(1, after), "one".getBytes(UTF_8))).isEqualTo(receipt(1, before));
        assertThat(later.days(Channel.EMAIL))
                .allSatisfy(day -> assertThat(later.ids(Channel.EMAIL, day))
                        .hasSize(day.toString().endsWith("03") ? 1 : 0));
    }

    @Test
    void theEarlierOfThemAlsoFindsTheLaterOne() throws Exception {
        var before = Instant.parse("2026-03-03T23:59:59Z");
        var after = before.plusSeconds(2);
        // Between the look and the link of the earlier one, the later one stores it.
        var disk = new Disk() {
            @Override
            public void link(Path file, Path name) throws IOException {
                store(after).putIfAbsent(receipt(1, after), "one".getBytes(UTF_8));
                Disk.super.link(file, name);
            }
        };
        var earlier = new FileRawStore(folder, KEY, disk, Clock.fixed(before, ZoneOffset.UTC));

        assertThat(earlier.putIfAbsent(receipt(1, before), "one".getBytes(UTF_8)))
                .isEqualTo(receipt(1, after));
        assertThat(earlier.days(Channel.EMAIL))
                .allSatisfy(day -> assertThat(earlier.ids(Channel.EMAIL, day))
                        .hasSize(day.toString().endsWith("03") ? 1 : 0));
        assertThat(store(after).read(id(1), Channel.EMAIL)).hasValue("one".getBytes(UTF_8));
    }

    @Test
    void aRepeatMendsAFileWhoseHeadIsDamaged() throws Exception {
        var store = store(NOON);
        store.putIfAbsent(receipt(1), "one".getBytes(UTF_8));
        var bytes = Files.readAllBytes(file(1));
        bytes[20] ^= 1;
        Files.write(file(1), bytes);

        assertThat(store.putIfAbsent(receipt(1), "one".getBytes(UTF_8))).isEqualTo(receipt(1));
        assertThat(store.read(id(1), Channel.EMAIL)).hasValue("one".getBytes(UTF_8));
    }

    @Test
    void whatCameOnDaysThatAreOverIsKnownAlsoAfterManyMidnights() throws Exception {
        // One store that lives through the days, and learns of each as it ends.
        var now = new AtomicReference<>(NOON);
        var store = new FileRawStore(folder, KEY, Disk.REAL, new Clock() {
            @Override
            public java.time.ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now.get();
            }
        });
        for (int day = 0; day < 10; day++) {
            now.set(NOON.plus(Duration.ofDays(day)));
            store.putIfAbsent(receipt(day, now.get()), new byte[] {(byte) day});
            for (int earlier = 0; earlier <= day; earlier++) {
                assertThat(store.putIfAbsent(receipt(earlier, now.get()), new byte[] {(byte) earlier}))
                        .isEqualTo(receipt(earlier, NOON.plus(Duration.ofDays(earlier))));
            }
        }
    }

    @Test
    void whatACrashLeftHalfWrittenIsRemovedOnceNobodyCanBeWritingIt() throws Exception {
        var store = store(NOON);
        store.putIfAbsent(receipt(1), new byte[100]);
        var old = Files.write(folder.resolve("parts").resolve("old"), new byte[3]);
        var young = Files.write(folder.resolve("parts").resolve("young"), new byte[3]);
        Files.setLastModifiedTime(old, FileTime.from(NOON.minus(Duration.ofHours(2))));
        Files.setLastModifiedTime(young, FileTime.from(NOON));

        store.tidy();

        assertThat(old).doesNotExist();
        assertThat(young).exists();
        assertThat(store.read(id(1), Channel.EMAIL)).isPresent();
    }

    private Path file(int number) {
        return folder.resolve("email").resolve("2026-03-03").resolve(id(number).hex());
    }
}
