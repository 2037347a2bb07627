package org.postbag.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.postbag.Postbag;
import org.postbag.embedded.PostgresServer;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.FileSystemUtils;

/** The whole program in try mode within this JVM, on free ports and a data folder of its own, which goes with it. */
public final class Program implements AutoCloseable {

    private final Path data;
    private final ConfigurableApplicationContext context;

    private Program(Path data, ConfigurableApplicationContext context) {
        this.data = data;
        this.context = context;
    }

    public static Program start(String... settings) {
        try {
            var folder = Files.createDirectories(Path.of("target", "bench")).toAbsolutePath();
            var data = Files.createTempDirectory(folder, "data-");
            var arguments = new ArrayList<>(List.of(
                    "--postbag.data=" + data,
                    "--server.port=0",
                    "--postbag.try.smtp-port=0",
                    "--postbag.try.imap-port=0",
                    "--postbag.try.feed=false"));
            arguments.addAll(List.of(settings));
            return new Program(
                    data,
                    new SpringApplicationBuilder(Postbag.class)
                            .profiles("try")
                            .registerShutdownHook(false)
                            .run(arguments.toArray(String[]::new)));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** One without filing and indexing, for the stages by themselves. */
    public static Program atRest() {
        var program = start("--postbag.filing.enabled=false");
        program.context.getBean("indexing", SmartLifecycle.class).stop();
        return program;
    }

    /** Where it keeps everything. */
    public Path data() {
        return data;
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** Where its pages are. */
    public int port() {
        return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    /** Until no index work is left. */
    public void awaitIndexed() throws InterruptedException {
        awaitNone("index_work");
    }

    /** Until a table of work is empty. */
    void awaitNone(String table) throws InterruptedException {
        var jdbc = bean(JdbcClient.class);
        while (jdbc.sql("select exists (select from " + table + ")")
                .query(Boolean.class)
                .single()) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    public Connection owner() throws SQLException {
        var server = bean(PostgresServer.class);
        return DriverManager.getConnection(server.url(), PostgresServer.OWNER, server.ownerPassword());
    }

    @Override
    public void close() {
        context.close();
        FileSystemUtils.deleteRecursively(data.toFile());
    }
}
