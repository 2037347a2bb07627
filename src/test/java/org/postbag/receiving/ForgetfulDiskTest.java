package org.postbag.receiving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postbag.receiving.Receipts.NOON;
import static org.postbag.receiving.Receipts.id;
import static org.postbag.receiving.Receipts.receipt;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postbag.receiving.ForgetfulDisk.Honest;

/** A store on a file system that forgets what was not fsynced, file and folder, keeps every acknowledged item through any loss of power. */
class ForgetfulDiskTest {

    private static final MasterKey KEY = new MasterKey(new byte[32]);
    private static final int SEEDS = 200;
    private static final int LOSSES = 6;
    private static final int ITEMS = 25;
    private static final int POLL_MAX = 4;

    @Test
    void everyAcknowledgedItemIsFoundAfterEveryLossOfPower() throws Exception {
        for (int seed = 0; seed < SEEDS; seed++) {
            assertThat(missingAfterLosses(seed, Honest.ALWAYS, 1))
                    .as("seed %d", seed)
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void alsoWhereManyThreadsStoreAtOnce(int seed) throws Exception {
        assertThat(missingAfterLosses(seed, Honest.ALWAYS, 8))
                .as("seed %d", seed)
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"ABOUT_FILES", "ABOUT_FOLDERS"})
    void aDiskThatForgetsEvenWhatWasFsyncedIsFoundOut(Honest honest) throws Exception {
        int found = 0;
        for (int seed = 0; seed < 20; seed++) {
            found += missingAfterLosses(seed, honest, 1).size();
        }
        assertThat(found).isPositive();
    }

    /** What was acknowledged and is not there, or not as it was; by its number. Other items are whole or absent. */
    private static Map<Integer, String> missingAfterLosses(int seed, Honest honest, int threads) throws Exception {
        var random = new Random(seed);
        var disk = new ForgetfulDisk(random, honest);
        var acknowledged = Collections.synchronizedMap(new HashMap<Integer, Receipt>());
        var missing = new HashMap<Integer, String>();
        for (int loss = 0; loss < LOSSES; loss++) {
            var now = NOON.plus(Duration.ofDays(loss / 2));
            var store = new FileRawStore(ForgetfulDisk.FOLDER, KEY, disk, Clock.fixed(now, ZoneOffset.UTC));
            disk.losePowerAfter(random.nextInt(threads * 40));
            try (var pool = Executors.newFixedThreadPool(threads)) {
                var storing = new ArrayList<Callable<Boolean>>();
                for (int t = 0; t < threads; t++) {
                    long own = random.nextLong();
                    storing.add(() -> storeUntilPowerIsLost(store, disk, new Random(own), now, acknowledged));
                }
                for (var one : pool.invokeAll(storing)) {
                    one.get();
                }
            }
            disk.comeUpAgain();
            var after = new FileRawStore(ForgetfulDisk.FOLDER, KEY, disk, Clock.fixed(now, ZoneOffset.UTC));
            after.tidy();
            for (int item = 0; item < ITEMS; item++) {
                look(after, item, acknowledged, missing);
            }
        }
        return missing;
    }

    private static boolean storeUntilPowerIsLost(
            RawStore store, ForgetfulDisk disk, Random random, Instant now, Map<Integer, Receipt> acknowledged) {
        while (!disk.isPowerLost()) {
            int[] items = random.ints(1 + random.nextInt(POLL_MAX), 0, ITEMS).toArray();
            try {
                var placed = new ArrayList<RawStore.Placed>();
                for (int item : items) {
                    placed.add(store.place(receipt(item, now), content(item)));
                }
                var settled = store.settle(placed);
                for (int i = 0; i < items.length; i++) {
                    acknowledged.putIfAbsent(items[i], settled.get(i));
                }
            } catch (IOException lost) {
                // Nothing is acknowledged.
            }
        }
        return true;
    }

    private static void look(
            RawStore store, int item, Map<Integer, Receipt> acknowledged, Map<Integer, String> missing) {
        try {
            var content = store.read(id(item), Channel.EMAIL);
            if (content.isPresent()) {
                assertThat(content.get()).isEqualTo(content(item));
            } else if (acknowledged.containsKey(item)) {
                missing.put(item, "gone");
            }
        } catch (DamagedRawItem damaged) {
            // Not even an item that was never acknowledged may be there in part.
            missing.put(item, "damaged");
        } catch (IOException noFolder) {
            if (acknowledged.containsKey(item)) {
                missing.put(item, "gone with its folder");
            }
        }
    }

    private static byte[] content(int item) {
        var content = new byte[50 + item * 400];
        new Random(item).nextBytes(content);
        return content;
    }
}
