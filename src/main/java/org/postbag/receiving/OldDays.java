package org.postbag.receiving;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What lies under the days of one channel that are over, so that whether an item was there before costs the same after seven years as after a day.
 * Nothing is ever added to such a day; what was erased from it is found out by the look at the file itself.
 *
 * @param before the first day that isn't over
 * @param prefixes the first 64 bits of each id, sorted
 */
record OldDays(LocalDate before, List<Path> folders, long[] prefixes) {

    private static final int PREFIXES_MIN = 1024;
    private static final OldDays NONE = new OldDays(LocalDate.MIN, List.of(), new long[0]);

    /** @param known what was read at an earlier time, so that only the days that are over since are read, or null */
    static OldDays read(Disk disk, Path channel, LocalDate before, @Nullable OldDays known) throws IOException {
        var earlier = known != null && known.before().isBefore(before) ? known : NONE;
        var folders = new ArrayList<>(earlier.folders());
        var prefixes = earlier.prefixes();
        int count = prefixes.length;
        for (String name : disk.list(channel)) {
            var day = day(name);
            if (day == null || !day.isBefore(before) || day.isBefore(earlier.before())) {
                continue;
            }
            folders.add(channel.resolve(name));
            for (String file : disk.list(channel.resolve(name))) {
                if (FileRawStore.isItem(file)) {
                    if (count == prefixes.length) {
                        prefixes = Arrays.copyOf(prefixes, Math.max(PREFIXES_MIN, count * 2));
                    }
                    prefixes[count++] = prefix(file);
                }
            }
        }
        folders.sort(Comparator.reverseOrder());
        var sorted = Arrays.copyOf(prefixes, count);
        Arrays.sort(sorted);
        return new OldDays(before, List.copyOf(folders), sorted);
    }

    boolean mayHold(ReceiptId id) {
        return Arrays.binarySearch(prefixes, prefix(id.hex())) >= 0;
    }

    static @Nullable LocalDate day(String name) {
        try {
            return LocalDate.parse(name);
        } catch (DateTimeParseException notADay) {
            return null;
        }
    }

    private static long prefix(String hex) {
        return Long.parseUnsignedLong(hex, 0, 16, 16);
    }
}
