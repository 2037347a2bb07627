package org.postbag.receiving.exports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The connector that comes with the program, on a real folder. */
class ExportFolderTest extends ExportsOnDisk {

    private CamelContext context;
    private Path watched;

    @BeforeEach
    void watch() throws Exception {
        watched = root.resolve("data/in/telephone");
        context = new DefaultCamelContext();
        context.getPropertiesComponent()
                .addInitialProperty("postbag.data", root.resolve("data").toString());
        context.getRegistry().bind("exportFolder", new ExportFolder(taker(settings(false))));
        context.start();
        for (var file : new String[] {"connectors/telephone.camel.yaml", "routes/contact-centre-calls.camel.yaml"}) {
            PluginHelper.getRoutesLoader(context)
                    .loadRoutes(ResourceHelper.fromString(file, Files.readString(Path.of(file))));
        }
    }

    @AfterEach
    void stop() throws Exception {
        context.close();
    }

    @Test
    void aFileIsTakenOnceItHasItsName() throws IOException {
        await().until(() -> Files.isDirectory(watched));
        var content = HEADER + rows(1, 3);
        for (var name :
                new String[] {"calls.csv.part", "calls.tmp", ".calls.csv", "~calls.csv", "calls.csv.filepart"}) {
            Files.writeString(watched.resolve(name), content);
            settle(watched.resolve(name));
        }
        Files.createDirectories(watched.resolve("reports"));
        Files.writeString(watched.resolve("reports/old.csv"), content);
        var other = watched.resolve("other (1), 'quoted' & ${body}.csv");
        Files.writeString(other, HEADER + rows(10, 2));
        settle(other);

        await().until(() -> !Files.exists(other));
        assertThat(receiver.all()).hasSize(2);
        assertThat(receiver.all().getFirst().receipt().route()).isEqualTo("contact-centre-calls");

        Files.move(watched.resolve("calls.csv.part"), watched.resolve("calls.csv"), StandardCopyOption.ATOMIC_MOVE);

        await().until(() -> !Files.exists(watched.resolve("calls.csv")));
        assertThat(receiver.all()).hasSize(5);
        assertThat(watched.resolve("calls.tmp")).exists();
        assertThat(watched.resolve("reports/old.csv")).exists();
    }

    @Test
    void aFileStaysWhileTheReceiverIsAwayAndTheNextIsNotKeptBack() throws IOException {
        await().until(() -> Files.isDirectory(watched));
        receiver.goAwayAfter(0, false);
        var first = watched.resolve("first.csv");
        var bad = watched.resolve("bad.csv");
        Files.writeString(first, HEADER + rows(1, 3));
        Files.writeString(bad, "no header\n");
        settle(first);
        settle(bad);

        await().until(() -> !Files.exists(bad));
        assertThat(first).exists();
        assertThat(held.held()).hasSize(1);

        receiver.comeBack();
        await().atMost(Duration.ofSeconds(20)).until(() -> !Files.exists(first));
        assertThat(receiver.all()).hasSize(3);
    }
}
