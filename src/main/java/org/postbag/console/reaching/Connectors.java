package org.postbag.console.reaching;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** The connectors of {@code connectors/}, by channel and then by title. Read when asked for, so that it shows what is there. */
@Component
@Profile("!command")
public final class Connectors {

    Connectors() {}

    public List<Connector> all() {
        return List.of();
    }

    public Optional<Connector> named(String id) {
        return all().stream().filter(one -> one.id().equals(id)).findFirst();
    }

    /**
     * What is wrong with these values, by the name of the parameter, in the order of the form: what each alone must be, and that profiles exist, that
     * secrets are known, and that no parameter is named that the connector doesn't have. Empty where all can be right.
     */
    public Map<String, String> problems(Connector connector, Map<String, String> values) {
        var problems = new LinkedHashMap<String, String>();
        for (var parameter : connector.asked()) {
            parameter.problem(values.get(parameter.name())).ifPresent(words -> problems.put(parameter.name(), words));
        }
        return problems;
    }
}
