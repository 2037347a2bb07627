package org.postbag.console.reaching;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postbag.receiving.Channel;
import org.postbag.receiving.ProfileProblem;
import org.postbag.receiving.Profiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** The connectors of {@code connectors/}, by channel and then by title. Read when asked for, so that it shows what is there. */
@Component
@org.springframework.context.annotation.Profile("!command")
public final class Connectors {

    private static final Logger LOG = LoggerFactory.getLogger(Connectors.class);
    private static final String ENDING = ".camel.yaml";
    private static final int FILE_BYTES_MAX = 1_000_000;
    private static final int FILES_MAX = 500;

    private final Path folder;
    private final Path profilesFolder;
    private final Profiles profiles;
    private final Secrets secrets;
    private final Hosts hosts;
    private final Folders folders;

    Connectors(
            @Value("${postbag.connectors:connectors}") Path folder,
            @Value("${postbag.profiles:profiles}") Path profilesFolder,
            Profiles profiles,
            Secrets secrets,
            Hosts hosts,
            Folders folders) {
        this.folder = folder;
        this.profilesFolder = profilesFolder;
        this.profiles = profiles;
        this.secrets = secrets;
        this.hosts = hosts;
        this.folders = folders;
    }

    public List<Connector> all() {
        return read(folder);
    }

    /** Those of a folder; a file that can't be read has none, and the routes' page says why. */
    static List<Connector> read(Path folder) {
        var found = new ArrayList<Connector>();
        for (var file : files(folder, ENDING)) {
            try {
                if (Files.size(file) <= FILE_BYTES_MAX) {
                    connector(Files.readString(file)).ifPresent(found::add);
                }
            } catch (IOException | YamlEngineException | ClassCastException unreadable) {
                LOG.warn("The connector {} can't be read", file.getFileName());
            }
        }
        found.sort(Comparator.comparing(Connector::channel).thenComparing(Connector::title));
        return found;
    }

    private static List<Path> files(Path folder, String ending) {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(file -> file.getFileName().toString().endsWith(ending))
                    .sorted()
                    .limit(FILES_MAX)
                    .toList();
        } catch (IOException gone) {
            LOG.error("The folder {} cannot be read", folder);
            return List.of();
        }
    }

    public Optional<Connector> named(String id) {
        return all().stream().filter(one -> one.id().equals(id)).findFirst();
    }

    /** The names of the profiles that there are, for a form to offer. */
    public List<String> profileNames() {
        return files(profilesFolder, ".yaml").stream()
                .map(file -> file.getFileName().toString())
                .map(name -> name.substring(0, name.length() - ".yaml".length()))
                .toList();
    }

    /** References to the secrets that there are, likewise. */
    public List<String> secretReferences() {
        return secrets.names().stream().map(name -> "{{secret:" + name + "}}").toList();
    }

    /**
     * What is wrong with these values, by the name of the parameter, in the order of the form: what each alone must be, and that profiles exist, that
     * secrets are known, that hosts and folders may be reached, and that no parameter is named that the connector doesn't have. Empty where all can be right.
     */
    public Map<String, String> problems(Connector connector, Map<String, String> values) {
        var problems = new LinkedHashMap<String, String>();
        for (var parameter : connector.asked()) {
            var value = values.getOrDefault(parameter.name(), "").strip();
            parameter
                    .problem(value)
                    .or(() -> around(parameter, value))
                    .ifPresent(words -> problems.put(parameter.name(), words));
        }
        for (var name : values.keySet()) {
            if (connector.parameter(name).isEmpty()) {
                problems.put(name, "This connector has no setting " + name);
            }
        }
        return problems;
    }

    /** What the value alone doesn't tell. */
    private Optional<String> around(Parameter parameter, String value) {
        if (value.isEmpty()
                || value.equals(parameter.defaultValue())
                || ParameterCheck.SETTING.matcher(value).find()) {
            return Optional.empty();
        }
        return switch (parameter.type()) {
            case PROFILE ->
                profiles.named(value) instanceof ProfileProblem problem
                        ? Optional.of(problem.problem())
                        : Optional.empty();
            case SECRET ->
                Secrets.references(value).stream()
                        .filter(name -> !secrets.isKnown(name))
                        .findFirst()
                        .map(name -> "There is no secret " + name + ". Give it on the page Secrets first");
            case HOST -> hosts.now().refusal(value);
            case HOSTS -> {
                var machines = hosts.now();
                yield Arrays.stream(value.split(","))
                        .map(machines::refusal)
                        .flatMap(Optional::stream)
                        .findFirst();
            }
            case URL -> hosts.now().refusal(Values.host(value));
            case FOLDER -> folders.refusal(value);
            default -> Optional.empty();
        };
    }

    private static Optional<Connector> connector(String text) {
        var tree = new Load(LoadSettings.builder().setAllowDuplicateKeys(false).build()).loadFromString(text);
        if (!(tree instanceof List<?> entries)) {
            return Optional.empty();
        }
        return entries.stream()
                .filter(Map.class::isInstance)
                .map(entry -> ((Map<?, ?>) entry).get("routeTemplate"))
                .filter(Map.class::isInstance)
                .map(template -> connector((Map<?, ?>) template))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<Connector> connector(Map<?, ?> template) {
        var id = String.valueOf(template.get("id"));
        var parameters = new ArrayList<Parameter>();
        if (template.get("parameters") instanceof List<?> list) {
            for (var one : list) {
                if (one instanceof Map<?, ?> parameter) {
                    parameters.add(parameter(parameter));
                }
            }
        }
        return Channel.ofConnector(id)
                .map(channel -> new Connector(
                        id,
                        channel,
                        text(template.get("description"), id),
                        text(template.get("note"), ""),
                        parameters,
                        leftOut(template)));
    }

    /** As Camel reads it: whatever the case of the letters. */
    private static @Nullable Pattern leftOut(Map<?, ?> template) {
        try {
            return template.get("from") instanceof Map<?, ?> from
                            && from.get("parameters") instanceof Map<?, ?> options
                            && options.get("exclude") instanceof String names
                    ? Pattern.compile(names, Pattern.CASE_INSENSITIVE)
                    : null;
        } catch (PatternSyntaxException wrong) { // Camel refuses its routes, and the page of routes says so.
            return null;
        }
    }

    private static Parameter parameter(Map<?, ?> written) {
        var defaultValue = written.get("defaultValue");
        return Parameter.written(
                text(written.get("name"), ""),
                text(written.get("description"), ""),
                defaultValue == null ? null : String.valueOf(defaultValue));
    }

    private static String text(@Nullable Object value, String otherwise) {
        return value == null ? otherwise : String.valueOf(value);
    }
}
