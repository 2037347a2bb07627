package org.postbag.receiving.exports;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.postbag.receiving.Arrival;
import org.postbag.receiving.Profile;
import org.postbag.receiving.ProfileProblem;
import org.postbag.receiving.Profiles;

/** Cuts exports into rows, by profile. */
final class RowCutting implements Cutting {

    static final long EXPORT_BYTES_MAX = 1024L * 1024 * 1024;
    static final String TOO_LARGE = "The file is larger than 1 GB";

    private final Profiles profiles;

    RowCutting(Profiles profiles) {
        this.profiles = profiles;
    }

    /** A text whose last line has no end may lack the rest of it. */
    @Override
    public boolean endsWhole(Path file) throws IOException {
        return Cutters.endsWithLine(file);
    }

    @Override
    public Items open(Path file, Source source) throws IOException {
        if (Files.size(file) > EXPORT_BYTES_MAX) {
            throw new BrokenExport(TOO_LARGE);
        }
        return switch (profiles.refresh(source.profile())) {
            case Profile profile ->
                new Rows(
                        Cutters.open(file, profile),
                        new RowArrivals(
                                source.route(), profile, source.hash(), ListDay.of(file, profile, source.came())));
            case ProfileProblem problem -> throw new BrokenExport(problem.problem());
        };
    }

    private record Rows(RowCutter cutter, RowArrivals arrivals) implements Items {

        @Override
        public @Nullable Arrival next() throws IOException {
            var row = cutter.next();
            return row == null ? null : arrivals.arrival(row);
        }

        @Override
        public String notes() {
            return cutter.notes();
        }

        @Override
        public void close() throws IOException {
            cutter.close();
        }
    }
}
