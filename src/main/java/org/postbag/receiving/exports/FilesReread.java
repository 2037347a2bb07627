package org.postbag.receiving.exports;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postbag.receiving.RereadSource;
import org.postbag.receiving.SourceLook;
import org.postbag.receiving.sftp.SftpLook;

/**
 * Reads files again that routes of folders took: from the folder of another machine that taken files are moved to, or, where a setting keeps finished files,
 * from where those lie encrypted. Where they are kept nowhere it says so.
 */
final class FilesReread implements RereadSource {

    private static final Set<String> CONNECTORS =
            Set.of("letter", "letter-sftp", "telephone", "telephone-sftp", "social-tool", "public-register");

    private final Cutting rows;
    private final Cutting letters;
    private final ExportRecords records;
    private final ExportVault vault;
    private final ExportSettings settings;
    private final SftpLook machines;

    FilesReread(
            Cutting rows,
            Cutting letters,
            ExportRecords records,
            ExportVault vault,
            ExportSettings settings,
            SftpLook machines) {
        this.rows = rows;
        this.letters = letters;
        this.records = records;
        this.vault = vault;
        this.settings = settings;
        this.machines = machines;
    }

    @Override
    public boolean isOf(String connector) {
        return CONNECTORS.contains(connector);
    }

    @Override
    public Extent extent(Map<String, String> given) {
        if (isMovedThere(given)) {
            return new Extent.Kept(
                    "Files in " + given.get("movedTo") + " on " + given.get("host")
                            + ", where taken files are moved to, by the day on which they were last written",
                    null);
        }
        if (settings.keepFinished()) {
            return new Extent.Kept(
                    "Files that were taken, by the day on which they came: each is kept here, encrypted, for "
                            + settings.keptFor().toDays() + " days",
                    null);
        }
        return new Extent.Nothing(
                "Taken files are deleted, and no copy of them is kept, so there is nothing to read again. Where someone has the file, put it into its folder again: what is known changes nothing. To keep copies from now on, set postbag.exports.keep-finished");
    }

    private static boolean isMovedThere(Map<String, String> given) {
        return given.containsKey("host") && RereadSource.given(given, "movedTo").isPresent();
    }

    @Override
    public Reading open(Span span, String place, SourceLook look) throws Away {
        var cutting = span.connector().startsWith("letter") ? letters : rows;
        try {
            var kept = isMovedThere(span.settings())
                    ? KeptFiles.elsewhere(machines, vault, span, look)
                    : new FinishedHere(span.route(), span.first(), span.last());
            return new KeptReading(cutting, kept, span.route(), place);
        } catch (IOException away) {
            throw new Away("The disk of this machine can't be used now", away);
        }
    }

    /** Those that lie in the vault. */
    private final class FinishedHere implements KeptFiles {

        private final List<ExportRecords.Taken> taken;

        FinishedHere(String route, LocalDate first, LocalDate last) {
            this.taken = records.taken(route, first, last);
        }

        @Override
        public List<One> all() {
            return taken.stream()
                    .map(file -> new One("%019d".formatted(file.id()), file.fileName()))
                    .toList();
        }

        @Override
        public Cutting.@Nullable Source fetch(One file, String route, Path to) throws IOException {
            var export = taken.stream()
                    .filter(one -> file.key().equals("%019d".formatted(one.id())))
                    .findFirst()
                    .orElseThrow();
            return vault.copyFinished(export.contentHash(), to)
                    ? new Cutting.Source(route, export.profile(), export.contentHash(), export.came())
                    : null;
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
