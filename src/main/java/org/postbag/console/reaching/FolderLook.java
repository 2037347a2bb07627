package org.postbag.console.reaching;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.postbag.receiving.Channel;
import org.postbag.receiving.SourceLook;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** Looks into a watched folder as its route would, and writes nothing. */
@Component
@Profile("!command")
final class FolderLook {

    private static final long FILE_BYTES_MAX = 20L * 1024 * 1024;
    private static final int LISTED_MAX = 10_000;
    /** As in the connectors: what is hidden or half written has such a name. */
    private static final Pattern UNFINISHED =
            Pattern.compile("(?i)\\..*|~.*|.*\\.(part|partial|filepart|tmp|temp|crdownload|camelLock)");

    private final SampleFiles preview;

    FolderLook(SampleFiles preview) {
        this.preview = preview;
    }

    void look(Channel channel, Map<String, String> values, int itemsMax, SourceLook look) {
        var folder = Path.of(values.getOrDefault("folder", ""));
        look.begin("Open the folder");
        if (!Files.exists(folder)) {
            look.well("It isn’t there yet: the route makes it when it starts.");
            return;
        }
        if (!Files.isDirectory(folder)) {
            look.failed("There is a file of that name. Name a folder.");
            return;
        }
        if (!Files.isReadable(folder) || !Files.isWritable(folder)) {
            look.failed("Postbag may not " + (Files.isReadable(folder) ? "take files out of it" : "read it")
                    + ". Whoever runs this machine can allow it.");
            return;
        }
        try {
            read(channel, values, folder, itemsMax, look);
        } catch (IOException away) {
            look.failed("The folder, or the file in it, can’t be read now. See whether its disk is there.");
        }
    }

    private void read(Channel channel, Map<String, String> values, Path folder, int itemsMax, SourceLook look)
            throws IOException {
        var files = files(folder);
        look.well("It can be read, and holds " + (files.size() == 1 ? "1 file." : files.size() + " files."));
        look.begin("Read one file without taking it");
        for (var file : files) {
            if (Files.size(file) <= FILE_BYTES_MAX) {
                preview.find(channel, values, file, itemsMax, look);
                look.well("One was read. It is still there.");
                return;
            }
        }
        look.well(
                files.isEmpty()
                        ? "The folder is empty, so there was none to read."
                        : "All are larger than 20 MB, so none was read.");
    }

    /** The oldest first. */
    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .filter(file ->
                            !UNFINISHED.matcher(file.getFileName().toString()).matches())
                    .limit(LISTED_MAX)
                    .sorted(Comparator.comparing((Path file) -> file.toFile().lastModified())
                            .thenComparing(Path::getFileName))
                    .toList();
        }
    }
}
