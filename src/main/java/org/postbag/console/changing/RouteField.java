package org.postbag.console.changing;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postbag.console.reaching.Connector;
import org.postbag.console.reaching.Parameter;

/**
 * A field of a connector's form.
 *
 * @param value as it stands in the route or was typed; null where it isn't given
 */
record RouteField(Parameter parameter, @Nullable String value) {

    static List<RouteField> of(Connector connector, Map<String, String> values) {
        return connector.asked().stream()
                .map(parameter -> new RouteField(parameter, values.get(parameter.name())))
                .toList();
    }
}
