package org.postbag.receiving.exports;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postbag.receiving.RereadSource.Away;
import org.postbag.receiving.RereadSource.Span;
import org.postbag.receiving.SourceLook;
import org.postbag.receiving.sftp.SftpKept;
import org.postbag.receiving.sftp.SftpLook;

/** Files that were taken and are kept. */
interface KeptFiles extends Closeable {

    /** @param key tells it from the others and orders them; without personal data, which its name may hold */
    record One(String key, String name) {}

    /** In order of their keys. */
    List<One> all();

    /** Brings one here, and tells where it came from; null where it isn't there any more. */
    Cutting.@Nullable Source fetch(One file, String route, Path to) throws IOException, Away;

    /** Those in the folder of another machine that taken files are moved to. */
    static KeptFiles elsewhere(SftpLook machines, ExportVault vault, Span span, SourceLook look) throws Away {
        var folder = SftpKept.open(machines, span.settings(), look);
        var files = new HashMap<One, SftpKept.Kept>();
        for (var file : folder.files()) {
            if (span.holds(LocalDate.ofInstant(file.modified(), ZoneOffset.UTC))) {
                files.put(new One(key(file), file.name()), file);
            }
        }
        return new Elsewhere(folder, vault, files, span.setting("profile").orElse("letters"));
    }

    private static String key(SftpKept.Kept file) {
        return "%019d-%s"
                .formatted(
                        file.modified().toEpochMilli(),
                        Digest.of(file.name().getBytes(StandardCharsets.UTF_8)).substring(0, 16));
    }

    record Elsewhere(SftpKept folder, ExportVault vault, Map<One, SftpKept.Kept> files, String profile)
            implements KeptFiles {

        @Override
        public List<One> all() {
            return files.keySet().stream()
                    .sorted(Comparator.comparing(One::key))
                    .toList();
        }

        @Override
        public Cutting.@Nullable Source fetch(One file, String route, Path to) throws IOException, Away {
            var kept = files.get(file);
            return kept != null && folder.fetch(kept, to) ? new Cutting.Source(route, profile, vault.hash(to)) : null;
        }

        @Override
        public void close() throws IOException {
            folder.close();
        }
    }
}
