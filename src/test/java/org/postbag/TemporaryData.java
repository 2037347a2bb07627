package org.postbag;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.FileSystemUtils;

/** Gives a program under test a data folder of its own, and free ports; the folder goes when the program has ended. */
class TemporaryData implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        try {
            var folder = Files.createTempDirectory("postbag-test-data");
            context.getEnvironment()
                    .getPropertySources()
                    .addFirst(new MapPropertySource(
                            "temporary-data",
                            Map.of(
                                    "postbag.data",
                                    folder.toString(),
                                    // Tests make records of long ago; the job would erase them at two in the morning.
                                    "postbag.keeping.enabled",
                                    "false",
                                    "postbag.try.smtp-port",
                                    "0",
                                    "postbag.try.imap-port",
                                    "0")));
            // After the programs are closed: a Kafka broker whose folder is taken away ends the whole process.
            SpringApplication.getShutdownHandlers().add(() -> FileSystemUtils.deleteRecursively(folder.toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
