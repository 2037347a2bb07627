package org.postbag.receiving.sftp;

import java.io.IOException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.postbag.receiving.ReceivingUnavailable;
import org.postbag.receiving.SecretValues;
import org.postbag.receiving.SourceView;
import org.postbag.receiving.SourceView.Fact;
import org.postbag.receiving.ViewedSources;
import org.postbag.receiving.sftp.SftpConnection.Remote;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The step of a route that looks into a folder of another machine. A file that looked the same at two looks is fetched, going on where an earlier fetch
 * ended; when it is whole it is handed to the taker, and only what that took leaves its source.
 */
public final class SftpFolder implements Processor, ViewedSources {

    private static final int FILES_MAX = 50;
    private static final long FILE_BYTES_MAX = 1024L * 1024 * 1024;
    private static final int NAME_LENGTH_MAX = 200;
    private static final String PART = ".sftp-part";
    /** As in the watched folders: what is hidden or half written has such a name. */
    private static final Pattern UNFINISHED =
            Pattern.compile("(?i)\\..*|~.*|.*\\.(part|partial|filepart|tmp|temp|crdownload|sftp-part)");

    private static final Pattern NAME = Pattern.compile("[^\\p{Cntrl}/\\\\]{1," + NAME_LENGTH_MAX + "}");
    private static final Logger LOG = LoggerFactory.getLogger(SftpFolder.class);

    private final FileTaker taker;
    private final SecretValues secrets;
    /** What each route saw at its last look. */
    private final Map<String, Set<Remote>> seen = new ConcurrentHashMap<>();

    private final Map<String, SourceView> views = new ConcurrentHashMap<>();
    /** Why a route's last look failed. */
    private final Map<String, String> problems = new ConcurrentHashMap<>();

    /** Where routes name no secrets. */
    public SftpFolder(FileTaker taker) {
        this(taker, SecretValues.NONE);
    }

    public SftpFolder(FileTaker taker, SecretValues secrets) {
        this.taker = taker;
        this.secrets = secrets;
    }

    @Override
    public void process(Exchange exchange) throws IOException {
        var route = Objects.requireNonNull(exchange.getFromRouteId(), "the route");
        var source = known(exchange, route);
        var here = Path.of(text(exchange, "here"));
        Files.createDirectories(here);
        try (var connection = SftpConnection.open(source)) {
            new Look(connection, source, here, exchange).run();
            problems.remove(route);
        } catch (IOException | UnresolvedAddressException away) {
            problems.put(route, SftpProblem.words(away, null));
            // Its message may hold what the other machine said.
            LOG.warn("Route {} could not look into {}: {}", route, source, reason(away));
            throw new ReceivingUnavailable(
                    "The folder is away", new IOException(away.getClass().getSimpleName()));
        }
    }

    private SftpSource known(Exchange exchange, String route) {
        try {
            return source(exchange);
        } catch (SecretValues.NoSuchSecret none) {
            var words = String.valueOf(none.getMessage());
            problems.put(route, words);
            throw new ReceivingUnavailable(words, none);
        }
    }

    @Override
    public Optional<SourceView> view(String route) {
        return Optional.ofNullable(views.get(route));
    }

    @Override
    public Optional<String> problem(String route) {
        return Optional.ofNullable(problems.get(route));
    }

    private void saw(Exchange look, SftpSource source, long waiting) {
        var facts = List.of(
                new Fact("Machine", source.host() + ", port " + source.port()),
                new Fact("Folder", source.folder()),
                new Fact(
                        "Taken files",
                        source.movedTo().map(folder -> "go to " + folder).orElse("are deleted there")));
        views.put(
                Objects.requireNonNull(look.getFromRouteId(), "the route"),
                new SourceView(Instant.ofEpochMilli(look.getClock().getCreated()), null, waiting, facts));
    }

    private final class Look {

        private final SftpConnection connection;
        private final SftpSource source;
        private final Path here;
        private final Exchange exchange;
        private final String route;

        Look(SftpConnection connection, SftpSource source, Path here, Exchange exchange) {
            this.connection = connection;
            this.source = source;
            this.here = here;
            this.exchange = exchange;
            this.route = Objects.requireNonNull(exchange.getFromRouteId(), "the route");
        }

        void run() throws IOException {
            var files = connection.list(source.folder()).stream()
                    .filter(file -> isMeant(file.name()))
                    .toList();
            var before = seen.put(route, Set.copyOf(files));
            int tried = 0;
            long waiting = files.size();
            saw(exchange, source, waiting);
            for (var file : files) {
                if (file.size() > FILE_BYTES_MAX) {
                    LOG.warn("Route {} leaves a file that is larger than 1 GB where it is", route);
                } else if (before != null && before.contains(file) && tried++ < FILES_MAX && take(file)) {
                    saw(exchange, source, --waiting);
                }
            }
            takeWhatLiesHereAlone(files.stream().map(Remote::name).toList());
        }

        /** @return whether it left its source */
        private boolean take(Remote file) throws IOException {
            var whole = here.resolve(file.name());
            if (!isHere(whole, file)) {
                // Named by what it is a part of, so that a file that changed is not mixed from two.
                var part = here.resolve("." + file.name() + "." + file.size() + "-"
                        + file.modified().toEpochMilli() + PART);
                if (!connection.fetch(source.folder(), file, part)) {
                    LOG.info("Route {} leaves a file that is still written", route);
                    return false;
                }
                Files.setLastModifiedTime(part, FileTime.from(file.modified()));
                Files.move(part, whole, StandardCopyOption.REPLACE_EXISTING);
            }
            boolean taken = taker.take(whole, exchange);
            if (taken) {
                connection.remove(source, file);
            }
            return taken;
        }

        /** Whether it was fetched before, and not taken then. */
        private static boolean isHere(Path whole, Remote file) throws IOException {
            return Files.exists(whole)
                    && Files.size(whole) == file.size()
                    && Files.getLastModifiedTime(whole).toInstant().equals(file.modified());
        }

        /** What was held and released since. */
        private void takeWhatLiesHereAlone(List<String> there) throws IOException {
            var files = new ArrayList<Path>();
            try (Stream<Path> all = Files.list(here)) {
                all.filter(Files::isRegularFile)
                        .filter(file -> isMeant(String.valueOf(file.getFileName())))
                        .filter(file -> !there.contains(String.valueOf(file.getFileName())))
                        .sorted()
                        .limit(FILES_MAX)
                        .forEach(files::add);
            }
            for (var file : files) {
                taker.take(file, exchange);
            }
        }
    }

    static boolean isMeant(String name) {
        return NAME.matcher(name).matches() && !UNFINISHED.matcher(name).matches();
    }

    private SftpSource source(Exchange exchange) {
        return new SftpSource(
                text(exchange, "host"),
                Integer.parseInt(text(exchange, "port")),
                text(exchange, "username"),
                given(exchange, "password").map(secrets::reveal),
                given(exchange, "keyFile").map(Path::of),
                given(exchange, "hostKeys")
                        .map(keys -> List.of(keys.split("[, ]+")))
                        .orElse(List.of()),
                given(exchange, "knownHosts").map(Path::of),
                text(exchange, "folder"),
                given(exchange, "movedTo"));
    }

    private static String text(Exchange exchange, String name) {
        return Objects.requireNonNull(exchange.getProperty(name, String.class), name);
    }

    /** A connector can't leave a value empty, so it says {@code none}. */
    private static Optional<String> given(Exchange exchange, String name) {
        return Optional.of(text(exchange, name)).filter(value -> !value.equals("none"));
    }

    private static String reason(Exception away) {
        return String.valueOf(away.getMessage()).contains("Server key did not validate")
                ? "its key is not the one that is known"
                : away.getClass().getSimpleName();
    }
}
