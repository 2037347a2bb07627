package org.postbag.console.reaching;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * What a connector's parameters stand for: what was given, else the default, with settings resolved and secrets as handles.
 *
 * @param resolved by parameter
 * @param secretNames the secrets, and the settings that hold one, that the values refer to
 * @param hosts the machines that would be reached
 */
record Values(Map<String, String> resolved, Set<String> secretNames, Set<String> hosts) {

    /** Where nobody has a route yet. */
    static final String ROUTE = "a-test";

    /** @param resolve of settings, secrets to handles */
    static Values of(Connector connector, Map<String, String> given, UnaryOperator<String> resolve) {
        var resolved = new LinkedHashMap<String, String>();
        var secretNames = new LinkedHashSet<String>();
        var hosts = new LinkedHashSet<String>();
        for (var parameter : connector.parameters()) {
            var written = written(parameter, given);
            var value = resolve.apply(written).strip();
            resolved.put(parameter.name(), value);
            if (parameter.secret()) {
                secretNames.addAll(names(written));
            }
            host(parameter, value).ifPresent(hosts::add);
        }
        return new Values(resolved, secretNames, hosts);
    }

    private static String written(Parameter parameter, Map<String, String> given) {
        if (parameter.type() == Parameter.Type.ROUTE) {
            return ROUTE;
        }
        var value = given.getOrDefault(parameter.name(), "").strip();
        var otherwise = parameter.defaultValue();
        return value.isEmpty() && otherwise != null ? otherwise : value;
    }

    /** The secrets, and the settings, that a text names. */
    static List<String> names(String written) {
        var names = new java.util.ArrayList<>(Secrets.references(written));
        var setting = ParameterCheck.SETTING.matcher(written);
        while (setting.find()) {
            names.add(setting.group(1));
        }
        return names;
    }

    /** The machine that a parameter has its connector reach; empty where it is about something else. */
    static Optional<String> host(Parameter parameter, String resolved) {
        return switch (parameter.type()) {
            case HOST -> Optional.of(resolved.toLowerCase(Locale.ROOT));
            case URL -> Optional.of(host(resolved));
            default -> Optional.empty();
        };
    }

    /** Of a web address; the address itself where it is none. */
    static String host(String url) {
        try {
            var host = URI.create(url).getHost();
            return host == null ? url : host.toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException notOne) {
            return url;
        }
    }
}
