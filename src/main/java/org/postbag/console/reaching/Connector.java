package org.postbag.console.reaching;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postbag.receiving.Channel;

/**
 * A way of reaching a channel, as its file in {@code connectors/} describes it.
 *
 * @param id of its route template, and the name of its file
 * @param title a few words, such as {@code Mailbox, by password}
 * @param description one plain sentence: what it reaches and what becomes of what lies there
 * @param parameters in the order of the file
 * @param leftOut names of files that its route leaves out of the folder that it watches; null where it leaves out none, or watches no folder
 */
public record Connector(
        String id,
        Channel channel,
        String title,
        String description,
        List<Parameter> parameters,
        @Nullable Pattern leftOut) {

    public Connector {
        parameters = List.copyOf(parameters);
    }

    public Optional<Parameter> parameter(String name) {
        return parameters.stream().filter(one -> one.name().equals(name)).findFirst();
    }

    /** Those that a person fills in: all but what follows from the route's own name. */
    public List<Parameter> asked() {
        return parameters.stream()
                .filter(one -> one.type() != Parameter.Type.ROUTE)
                .toList();
    }
}
