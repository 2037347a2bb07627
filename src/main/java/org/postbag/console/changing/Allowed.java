package org.postbag.console.changing;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.postbag.console.reaching.Connector;
import org.postbag.console.reaching.Machines;
import org.postbag.console.reaching.Parameter;

/**
 * What a route may name. All that isn't here is refused.
 *
 * @param connectors the templates there are, with their parameters
 * @param settings by connector and parameter: values with a setting in them that the files of {@code routes/} have at that very place
 * @param machines that may be reached
 * @param folders of this machine, absolute: what lies beneath may be watched
 * @param files likewise: what lies beneath may be read as certificates, keys and known hosts
 */
record Allowed(
        List<Connector> connectors,
        Map<String, Map<String, Set<String>>> settings,
        Machines machines,
        List<String> folders,
        List<String> files) {

    Allowed {
        connectors = List.copyOf(connectors);
        settings = Map.copyOf(settings);
        folders = List.copyOf(folders);
        files = List.copyOf(files);
    }

    /** Steps that take an item in: a {@code process} with one of these. */
    static final Set<String> PROCESSORS = Set.of(
            "exportFolder", "facebookWebhook", "letterFolder", "sftpExports", "sftpLetters", "xMessages", "xWebhook");

    /** Steps that take an item in: a {@code bean} with one of these methods. */
    static final Map<String, Set<String>> BEANS = Map.of(
            "mailArrivals", Set.of("receive", "receiveSent"),
            "formArrivals", Set.of("arrivals"),
            "handArrivals", Set.of("arrivals"),
            "receiver", Set.of("receive"));

    Optional<Connector> connector(String id) {
        return connectors.stream().filter(one -> one.id().equals(id)).findFirst();
    }

    boolean isSetting(String connector, String parameter, String value) {
        return settings.getOrDefault(connector, Map.of())
                .getOrDefault(parameter, Set.of())
                .contains(value);
    }

    /** All parameters of a name, whatever their connector. */
    List<Map.Entry<String, Parameter>> parameters(String name) {
        return connectors.stream()
                .flatMap(connector -> connector.parameter(name).stream().map(one -> Map.entry(connector.id(), one)))
                .toList();
    }
}
