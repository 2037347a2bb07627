package org.postbag.receiving.exports;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postbag.receiving.Arrival;
import org.postbag.receiving.RereadSource.Away;
import org.postbag.receiving.RereadSource.Piece;
import org.postbag.receiving.RereadSource.Reading;

/** Reads kept files one after the other, each brought here for so long, and cut as its route cuts it. Its place is a file, and how many of its items were read. */
final class KeptReading implements Reading {

    private static final int PIECE_BYTES_MAX = 8 * 1024 * 1024;
    private static final String DISK_AWAY = "The disk of this machine can't be used now";

    private final Cutting cutting;
    private final KeptFiles kept;
    private final String route;
    private final Path folder;
    private final List<KeptFiles.One> files;
    private int at;
    /** Of the file at hand. */
    private int read;

    private Cutting.@Nullable Items open;

    KeptReading(Cutting cutting, KeptFiles kept, String route, String place) throws IOException {
        this.cutting = cutting;
        this.kept = kept;
        this.route = route;
        this.folder = Files.createTempDirectory("postbag-reread");
        this.files = kept.all();
        var parts = place.split(" ");
        while (at < files.size() && files.get(at).key().compareTo(parts[0]) < 0) {
            at++;
        }
        boolean goesOn =
                at < files.size() && parts.length == 2 && files.get(at).key().equals(parts[0]);
        read = goesOn ? Integer.parseInt(parts[1]) : 0;
    }

    @Override
    public Piece next(int most) throws Away {
        int damaged = 0;
        while (at < files.size()) {
            var items = new ArrayList<Arrival>();
            boolean whole = fill(items, most);
            if (whole && !items.isEmpty()) {
                return new Piece(items, damaged, place(), false, null);
            }
            damaged += whole ? 0 : 1;
            nextFile();
            if (!items.isEmpty()) {
                return new Piece(items, damaged, place(), at == files.size(), null);
            }
        }
        return new Piece(List.of(), damaged, place(), true, null);
    }

    /** @return false where the file isn't there any more, or can't be cut from here on */
    private boolean fill(List<Arrival> items, int most) throws Away {
        try {
            var from = opened();
            if (from == null) {
                return false;
            }
            long bytes = 0;
            while (items.size() < most && bytes < PIECE_BYTES_MAX) {
                var item = from.next();
                if (item == null) {
                    return true;
                }
                items.add(item);
                bytes += item.content().length;
                read++;
            }
            return true;
        } catch (BrokenExport broken) {
            return false;
        } catch (IOException away) {
            throw new Away(DISK_AWAY, away);
        }
    }

    private Cutting.@Nullable Items opened() throws IOException, Away {
        if (open == null) {
            var file = files.get(at);
            var here = folder.resolve(file.name());
            Files.deleteIfExists(here);
            var source = kept.fetch(file, route, here);
            if (source == null) {
                return null;
            }
            var items = cutting.open(here, source);
            open = items;
            for (int passed = 0; passed < read; passed++) {
                if (items.next() == null) {
                    break;
                }
            }
        }
        return open;
    }

    private void nextFile() throws Away {
        try {
            closeFile();
        } catch (IOException away) {
            throw new Away(DISK_AWAY, away);
        }
        at++;
        read = 0;
    }

    /** Behind the last file: what no key is greater than. */
    private String place() {
        return at == files.size() ? "~ 0" : files.get(at).key() + " " + read;
    }

    private void closeFile() throws IOException {
        var items = open;
        open = null;
        if (items != null) {
            items.close();
        }
        try (Stream<Path> left = Files.list(folder)) {
            for (var one : left.toList()) {
                Files.delete(one);
            }
        }
    }

    @Override
    public void close() throws IOException {
        try (kept) {
            closeFile();
            Files.deleteIfExists(folder);
        }
    }
}
