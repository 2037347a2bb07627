package org.postbag.console.mapping;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.postbag.console.changing.Version;
import org.postbag.console.changing.Versions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** Which routes use which profile, as the routes in force say. */
@Component
@Profile("!command")
class RouteUses {

    private static final Logger LOG = LoggerFactory.getLogger(RouteUses.class);
    private static final String ROUTE = "route";
    private static final String ENDING = ".camel.yaml";
    private static final long FILE_BYTES_MAX = 1_000_000;

    /** Which knows of profiles as one of the things that it keeps. */
    private final ObjectProvider<Versions> versions;

    private final Path folder;

    RouteUses(ObjectProvider<Versions> versions, @Value("${postbag.routes:routes}") Path folder) {
        this.versions = versions;
        this.folder = folder;
    }

    /** By profile, the routes in order. */
    SortedMap<String, SortedSet<String>> byProfile() {
        var uses = new TreeMap<String, SortedSet<String>>();
        var texts = new ArrayList<String>();
        for (Version version : versions.getObject().inForce(ROUTE)) {
            texts.add(version.text());
        }
        texts.addAll(files());
        texts.forEach(text -> add(text, uses));
        return uses;
    }

    /** The routes that use a profile. */
    SortedSet<String> of(String profile) {
        var routes = byProfile().get(profile);
        return routes == null ? new TreeSet<>() : routes;
    }

    private List<String> files() {
        var texts = new ArrayList<String>();
        if (!Files.isDirectory(folder)) {
            return texts;
        }
        try (var files = Files.newDirectoryStream(folder, "*" + ENDING)) {
            for (var file : files) {
                if (Files.size(file) <= FILE_BYTES_MAX) {
                    texts.add(Files.readString(file));
                }
            }
        } catch (IOException unreadable) {
            LOG.warn("Routes can't be read for what profiles they use");
        }
        return texts;
    }

    static void add(String text, Map<String, SortedSet<String>> uses) {
        try {
            if (new Load(LoadSettings.builder().build()).loadFromString(text) instanceof List<?> entries) {
                entries.forEach(entry -> addEntry(entry, uses));
            }
        } catch (YamlEngineException notYaml) {
            LOG.debug("A route that is not YAML uses no profile");
        }
    }

    private static void addEntry(Object entry, Map<String, SortedSet<String>> uses) {
        if (entry instanceof Map<?, ?> map
                && map.get("templatedRoute") instanceof Map<?, ?> route
                && route.get("routeId") instanceof String id
                && route.get("parameters") instanceof List<?> parameters) {
            parameters.forEach(parameter -> {
                if (parameter instanceof Map<?, ?> one
                        && "profile".equals(one.get("name"))
                        && one.get("value") instanceof String profile) {
                    uses.computeIfAbsent(profile, _ -> new TreeSet<>()).add(id);
                }
            });
        }
    }
}
