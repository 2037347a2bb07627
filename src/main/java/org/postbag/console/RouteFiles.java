package org.postbag.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.jspecify.annotations.Nullable;
import org.postbag.console.changing.CarriedOut;
import org.postbag.console.changing.LoadProblem;
import org.postbag.console.changing.RoutePiece;
import org.postbag.console.changing.RunningRoutes;
import org.postbag.console.changing.Version;
import org.postbag.console.changing.Versions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * Reads the connectors and then the routes at start, each on its own: a wrong one stops itself only, and says line and reason. Of a route that has a version in
 * force that version runs, whatever its file says; where it has none, the file. A running system is never changed by a file.
 */
@Component
@Profile("!command")
class RouteFiles implements CamelContextConfiguration, RunningRoutes {

    static final String ENDING = ".camel.yaml";
    private static final Logger LOG = LoggerFactory.getLogger(RouteFiles.class);
    /** What all routes share comes before them. */
    private static final String SHARED = "errors" + ENDING;
    /** What stands for a file where a route has none. */
    private static final String MADE_HERE = "versions/";

    private static final int FILE_BYTES_MAX = 1_000_000;
    private static final String NOT_READ_YET = "Routes have not been read yet. Try again in a moment.";

    private final Path connectors;
    private final Path routes;
    private final @Nullable Versions versions;
    private final RouteTurns turns;
    private final Supplier<@Nullable WantedState> wanted;
    private final List<RouteFile> read = new CopyOnWriteArrayList<>();
    private final Set<String> taken = new HashSet<>();
    /** By route: what its file says, and whether that was read well. */
    private final Map<String, String> texts = new ConcurrentSkipListMap<>();

    private final Set<String> well = ConcurrentHashMap.newKeySet();
    private final Map<String, String> templates = new ConcurrentHashMap<>();
    /** From when routes are read on. */
    private volatile @Nullable RouteSwap swap;

    @Autowired
    RouteFiles(
            @Value("${postbag.connectors:connectors}") Path connectors,
            @Value("${postbag.routes:routes}") Path routes,
            Versions versions,
            RouteTurns turns,
            ObjectProvider<WantedState> wanted) {
        this(connectors, routes, versions, turns, wanted::getIfAvailable);
    }

    /** Without versions: the files are all there is. */
    RouteFiles(Path connectors, Path routes) {
        this(connectors, routes, null, new RouteTurns(), () -> null);
    }

    private RouteFiles(
            Path connectors,
            Path routes,
            @Nullable Versions versions,
            RouteTurns turns,
            Supplier<@Nullable WantedState> wanted) {
        this.connectors = connectors;
        this.routes = routes;
        this.versions = versions;
        this.turns = turns;
        this.wanted = wanted;
    }

    @Override
    public void beforeApplicationStart(CamelContext context) {
        // Files are loaded once the context runs: there a failure stays the file's own.
    }

    @Override
    public void afterApplicationStart(CamelContext context) {
        var swapping = new RouteSwap(context, () -> wanted.get() == null);
        swap = swapping;
        for (Path file : files(connectors)) {
            readFile(swapping, connectors, file, Map.of(), Set.of());
        }
        var inForce = versions == null
                ? Map.<String, String>of()
                : versions.inForce("route").stream().collect(Collectors.toMap(Version::name, Version::text));
        var retired = versions == null ? Set.<String>of() : Set.copyOf(versions.retired("route"));
        for (Path file : files(routes)) {
            readFile(swapping, routes, file, inForce, retired);
        }
        inForce.forEach((id, text) -> {
            if (taken.add(id)) {
                add(load(swapping, MADE_HERE + id, new RoutePiece(List.of(id), text, 0), text));
            }
        });
    }

    /** What was read at start and has changed since, in order. Safe to read from any thread. */
    List<RouteFile> all() {
        return List.copyOf(read);
    }

    @Override
    public List<String> ofFiles() {
        return texts.keySet().stream().filter(well::contains).toList();
    }

    @Override
    public Optional<String> fileText(String id) {
        return Optional.ofNullable(texts.get(id));
    }

    @Override
    public boolean isTaken(String id) {
        return read.stream().anyMatch(file -> file.routeIds().contains(id));
    }

    @Override
    public Optional<String> connectorText(String template) {
        return Optional.ofNullable(templates.get(template));
    }

    @Override
    public CarriedOut put(String id, String text) {
        return inTurn(id, swapping -> swapping.put(id, text), text);
    }

    @Override
    public CarriedOut remove(String id) {
        return inTurn(id, swapping -> swapping.remove(id), null);
    }

    @Override
    public Optional<String> atRest(String id, Runnable what) {
        var swapping = swap;
        if (swapping == null) {
            return Optional.of(NOT_READ_YET);
        }
        var rested = new AtomicBoolean();
        turns.during(id, () -> rested.set(swapping.atRest(id, what)));
        return rested.get() ? Optional.empty() : Optional.of(RouteSwap.BUSY);
    }

    /** One change of a route at a time; what is shown of it follows. */
    private CarriedOut inTurn(String id, Function<RouteSwap, CarriedOut> change, @Nullable String text) {
        var swapping = swap;
        if (swapping == null) {
            return new CarriedOut.LeftAsItWas(NOT_READ_YET);
        }
        var outcome = new AtomicReference<CarriedOut>(new CarriedOut.LeftAsItWas("Nothing was done."));
        turns.during(id, () -> {
            outcome.set(change.apply(swapping));
            if (outcome.get() instanceof CarriedOut.InForce) {
                show(id, text);
            }
            var state = wanted.get();
            if (state != null && text != null) {
                state.carryOut(id);
            }
        });
        return outcome.get();
    }

    /** @param text what runs now; null where it was taken away */
    private synchronized void show(String id, @Nullable String text) {
        for (int at = 0; at < read.size(); at++) {
            var file = read.get(at);
            if (file.routeIds().contains(id)) {
                if (text == null) {
                    read.remove(at);
                } else {
                    read.set(at, new RouteFile(file.name(), file.routeIds(), null, RoutePiece.connectors(text)));
                }
                return;
            }
        }
        if (text != null) {
            read.add(new RouteFile(MADE_HERE + id, List.of(id), null, RoutePiece.connectors(text)));
        }
    }

    private static List<Path> files(Path folder) {
        if (!Files.isDirectory(folder)) {
            LOG.warn("There is no folder {}: nothing is taken in by what would be in it", folder);
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.filter(f -> f.getFileName().toString().endsWith(ENDING))
                    .sorted(Comparator.comparing(
                                    (Path f) -> !f.getFileName().toString().equals(SHARED))
                            .thenComparing(Path::getFileName))
                    .toList();
        } catch (IOException unreadable) {
            LOG.error("The folder {} cannot be read", folder);
            return List.of();
        }
    }

    private void readFile(
            RouteSwap swapping, Path folder, Path file, Map<String, String> inForce, Set<String> retired) {
        var name = folder.getFileName() + "/" + file.getFileName();
        try {
            if (Files.size(file) > FILE_BYTES_MAX) {
                add(new RouteFile(name, List.of(), "The file is larger than " + FILE_BYTES_MAX + " bytes"));
                return;
            }
            var pieces = RoutePiece.of(name, Files.readString(file));
            if (pieces.isEmpty()) {
                add(new RouteFile(name, List.of(), "The file is not a YAML list of routes"));
            }
            for (var piece : pieces) {
                piece.templates().forEach(template -> templates.put(template, piece.text()));
                readPiece(swapping, name, piece, inForce, retired);
            }
        } catch (Exception wrong) { // The reader throws whatever the file makes it throw.
            add(new RouteFile(name, List.of(), LoadProblem.of(wrong)));
        }
    }

    private void readPiece(
            RouteSwap swapping, String name, RoutePiece piece, Map<String, String> inForce, Set<String> retired) {
        for (String id : piece.ids()) {
            if (!taken.add(id)) {
                add(new RouteFile(name, piece.ids(), "There is already a route " + id + " in another file"));
                return;
            }
        }
        var text = piece.text();
        if (piece.isOne()) {
            var id = piece.ids().getFirst();
            texts.put(id, text);
            if (inForce.containsKey(id) || retired.contains(id)) {
                // Its file is held against the version whether or not it could be read.
                well.add(id);
            }
            if (retired.contains(id)) {
                return;
            }
            text = inForce.getOrDefault(id, text);
        }
        add(load(swapping, name, piece, text));
    }

    /** Lines before the piece are made up for, so that what is wrong is told with its line in the file. */
    private RouteFile load(RouteSwap swapping, String name, RoutePiece piece, String text) {
        try {
            swapping.load(name, text.equals(piece.text()) ? "\n".repeat(piece.line()) + text : text);
            if (piece.isOne()) {
                well.add(piece.ids().getFirst());
                swapping.runs(piece.ids().getFirst(), text);
            }
            return new RouteFile(name, piece.ids(), null, RoutePiece.connectors(text));
        } catch (Exception wrong) { // The loader throws whatever the file makes it throw.
            piece.ids().forEach(swapping::discard);
            return new RouteFile(name, piece.ids(), LoadProblem.of(wrong));
        }
    }

    private void add(RouteFile file) {
        var problem = file.problem();
        if (problem != null && problem.startsWith(LoadProblem.NOT_SET)) {
            // A way in that this body doesn't use.
            LOG.warn("{} doesn't run. {}", file.name(), problem);
        } else if (problem != null) {
            LOG.error("{} is not loaded: {}", file.name(), problem);
        }
        read.add(file);
    }

    static String reason(Throwable wrong) {
        return LoadProblem.of(wrong);
    }
}
