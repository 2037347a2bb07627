package org.postbag.console.changing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postbag.console.reaching.Connector;
import org.postbag.console.reaching.Parameter;

/**
 * A field of a connector's form.
 *
 * @param value as it stands in the route or was typed; null where it isn't given
 * @param choices empty where it is typed
 */
record RouteField(Parameter parameter, @Nullable String value, List<Choice> choices) {

    record Choice(String value, String words) {}

    RouteField {
        choices = List.copyOf(choices);
    }

    static List<RouteField> of(Connector connector, Map<String, String> values) {
        return connector.asked().stream()
                .map(parameter -> {
                    var value = values.get(parameter.name());
                    return new RouteField(parameter, value, choices(parameter, value));
                })
                .toList();
    }

    /** A setting that stands there is none of the choices: it is shown as it is written. */
    private static List<Choice> choices(Parameter parameter, @Nullable String value) {
        var known = parameter.type() == Parameter.Type.YES_NO ? List.of("true", "false") : parameter.choices();
        if (known.isEmpty() || (value != null && !known.contains(value))) {
            return List.of();
        }
        var choices = new ArrayList<Choice>();
        if (!parameter.required()) {
            choices.add(new Choice("", "As usual: " + words(String.valueOf(parameter.defaultValue()))));
        }
        known.forEach(one -> choices.add(new Choice(one, words(one))));
        return choices;
    }

    private static String words(String value) {
        return switch (value) {
            case "true" -> "Yes";
            case "false" -> "No";
            default -> value;
        };
    }

    public String id() {
        return "p-" + parameter.name();
    }

    public String name() {
        return "p." + parameter.name();
    }

    public boolean isChoice() {
        return !choices.isEmpty();
    }

    /** What holds where it is left empty, if that says anything. */
    public @Nullable String otherwise() {
        var otherwise = parameter.defaultValue();
        return otherwise == null || otherwise.equals("none") || isChoice() ? null : otherwise;
    }
}
