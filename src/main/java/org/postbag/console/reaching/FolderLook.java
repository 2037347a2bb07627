package org.postbag.console.reaching;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.postbag.receiving.SourceLook;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** Looks into a watched folder as its route would, and writes nothing. */
@Component
@Profile("!command")
final class FolderLook {

    private static final long FILE_BYTES_MAX = 20L * 1024 * 1024;

    private final SampleFiles preview;

    FolderLook(SampleFiles preview) {
        this.preview = preview;
    }

    void look(Connector connector, Map<String, String> values, int itemsMax, SourceLook look) {
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
            read(connector, values, folder, itemsMax, look);
        } catch (IOException away) {
            look.failed("The folder, or the file in it, can’t be read now. See whether its disk is there.");
        }
    }

    private void read(Connector connector, Map<String, String> values, Path folder, int itemsMax, SourceLook look)
            throws IOException {
        var files = files(connector, folder);
        look.well("It can be read, and holds " + (files.size() == 1 ? "1 file." : files.size() + " files."));
        look.begin("Read one file without taking it");
        for (var file : files) {
            if (Files.size(file) <= FILE_BYTES_MAX) {
                preview.find(connector.channel(), values, file, itemsMax, look);
                look.well("One was read. It is still there.");
                return;
            }
        }
        look.well(
                files.isEmpty()
                        ? "The folder is empty, so there was none to read."
                        : "All are larger than 20 MB, so none was read.");
    }

    /** The oldest first. A route follows links; a test doesn't, for it shows what it reads. */
    private static List<Path> files(Connector connector, Path folder) throws IOException {
        return WatchedFolder.files(folder, connector.leftOut()).stream()
                .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                .sorted(Comparator.comparing((Path file) -> file.toFile().lastModified())
                        .thenComparing(Path::getFileName))
                .toList();
    }
}
