package org.postbag.receiving.exports;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Consumer;
import org.postbag.receiving.Arrival;
import org.postbag.receiving.Profile;

/** Looks at an export as a watched folder would, without taking it. */
public final class ExportPreview {

    private ExportPreview() {}

    /**
     * Why an export would be held whole by that profile; empty where it would be cut, at least at its beginning.
     *
     * @throws IOException if the file can't be read
     */
    public static Optional<Misfit> misfit(Path file, Profile profile) throws IOException {
        try (var _ = Cutters.open(file, profile)) {
            return Optional.empty();
        } catch (BrokenExport broken) {
            return Optional.of(new Misfit(broken.reason(), broken.columnsMatched()));
        }
    }

    /**
     * @param reason without personal data
     * @param columnsMatched how many of the columns that the profile needs were there
     */
    public record Misfit(String reason, int columnsMatched) {}

    /**
     * What tells a file's content from any other's: 64 hex digits.
     *
     * @throws IOException if the file can't be read
     */
    public static String digest(Path file) throws IOException {
        return HexFormat.of().formatHex(Digest.of(file));
    }

    /**
     * Hands each row on as the item that it would become.
     *
     * @return why the file would be held whole, or from that row on can't be cut, without personal data; empty where it was cut to its end
     * @throws IOException if the file can't be read
     */
    public static Optional<String> cut(Path file, String route, Profile profile, Consumer<Arrival> each)
            throws IOException {
        var sourceFile = String.valueOf(file.getFileName());
        return rows(file, profile, row -> each.accept(row.arrival(route, profile, sourceFile)));
    }

    /** Hands each row on, likewise. */
    public static Optional<String> rows(Path file, Profile profile, Consumer<RowItem> each) throws IOException {
        if (Files.size(file) > RowCutting.EXPORT_BYTES_MAX) {
            return Optional.of(RowCutting.TOO_LARGE);
        }
        var arrivals = new RowArrivals("", profile, "", ListDay.of(file, profile, null));
        try (var cutter = Cutters.open(file, profile)) {
            for (var row = cutter.next(); row != null; row = cutter.next()) {
                each.accept(arrivals.item(row));
            }
            return Optional.empty();
        } catch (BrokenExport broken) {
            return Optional.of(broken.reason());
        }
    }
}
