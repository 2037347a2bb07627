package org.postbag.console.changing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.postbag.console.reaching.Connectors;
import org.postbag.console.reaching.Hosts;
import org.postbag.console.reaching.MachinesOfFiles;
import org.postbag.console.reaching.Parameter;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Profile;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * What routes of this body may name: what its connectors ask for; the settings that the files of {@code routes/} use, each at its place; the machines of
 * {@link Hosts}; and what an administrator added by {@code postbag.routes.folders} and {@code .files}.
 */
@Component
@Profile("!command")
class AllowedHere implements MachinesOfFiles {

    private static final Pattern SETTING = Pattern.compile("\\{\\{(postbag\\.[a-z0-9.-]+)(?::([^{}]*))?}}");

    private final Connectors connectors;
    private final RunningRoutes routes;
    private final Environment settings;
    private final Hosts hosts;
    private final List<String> folders;
    private final List<String> files;

    AllowedHere(
            Connectors connectors,
            RunningRoutes routes,
            Environment settings,
            Hosts hosts,
            @Value("${postbag.routes.folders:}") List<String> folders,
            @Value("${postbag.routes.files:}") List<String> files) {
        this.connectors = connectors;
        this.routes = routes;
        this.settings = settings;
        this.hosts = hosts;
        this.folders = named(folders);
        this.files = named(files);
    }

    private static List<String> named(List<String> given) {
        return given.stream().map(String::strip).filter(one -> !one.isEmpty()).toList();
    }

    Allowed now() {
        return new Allowed(connectors.all(), settings(), hosts.now(), folders, files);
    }

    /** By connector and parameter: the values with a setting in them that files have there. */
    private Map<String, Map<String, Set<String>>> settings() {
        var named = new HashMap<String, Map<String, Set<String>>>();
        for (var id : routes.ofFiles()) {
            routes.fileText(id)
                    .flatMap(RouteForm::read)
                    .ifPresent(form -> form.values().forEach((name, value) -> {
                        if (value.contains("{{")) {
                            named.computeIfAbsent(form.connector(), any -> new HashMap<>())
                                    .computeIfAbsent(name, any -> new HashSet<>())
                                    .add(value);
                        }
                    }));
        }
        return named;
    }

    @Override
    public Set<String> machines() {
        var named = settings();
        var reached = new HashSet<String>();
        for (var connector : connectors.all()) {
            for (var parameter : connector.parameters()) {
                if (Set.of(Parameter.Type.HOST, Parameter.Type.HOSTS, Parameter.Type.URL)
                        .contains(parameter.type())) {
                    values(named, connector.id(), parameter).forEach(value -> reached.addAll(machines(value)));
                }
            }
        }
        return reached;
    }

    private static List<String> values(
            Map<String, Map<String, Set<String>>> named, String connector, Parameter parameter) {
        var values = new ArrayList<>(named.getOrDefault(connector, Map.of()).getOrDefault(parameter.name(), Set.of()));
        if (parameter.defaultValue() != null) {
            values.add(parameter.defaultValue());
        }
        return values;
    }

    /** The machines in a value, a reference to a setting resolved. */
    private List<String> machines(String value) {
        var setting = SETTING.matcher(value);
        var resolved = setting.matches()
                ? settings.getProperty(setting.group(1), setting.group(2) == null ? "" : setting.group(2))
                : value;
        return Arrays.stream(resolved.split(","))
                .map(one -> one.strip()
                        .replaceFirst("^https://", "")
                        .replaceFirst("[:/].*$", "")
                        .toLowerCase(Locale.ROOT))
                .filter(one -> !one.isEmpty() && !one.equals("none"))
                .toList();
    }
}
