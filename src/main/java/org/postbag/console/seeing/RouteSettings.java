package org.postbag.console.seeing;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.apache.camel.model.RouteTemplateParameterDefinition;
import org.jspecify.annotations.Nullable;
import org.postbag.console.reaching.Parameter;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** What a route is set to, with its secrets masked: those that its connector has as such, and whatever refers to one. */
@Component
@Profile("!command")
class RouteSettings {

    private static final String NONE = "none";
    private static final String HIDDEN = "Set, not shown";
    private static final int SHOWN_LENGTH_MAX = 300;
    private static final Pattern SECRET_REFERENCE = Pattern.compile("(?i)\\{\\{\\s*secret:.*");
    private static final Pattern WHOLE = Pattern.compile("\\d{1,12}");
    private static final Pattern SIGN_IN = Pattern.compile("//[^/@\\s]*@");

    private final CamelRoutes routes;

    RouteSettings(CamelRoutes routes) {
        this.routes = routes;
    }

    /**
     * One setting as shown.
     *
     * @param name in the route's YAML
     * @param label its name for people
     * @param description what it is for, as the connector says
     * @param value what it is, or that it isn't shown
     * @param usual whether it is what the connector sets by itself
     */
    public record Setting(String name, String label, String description, String value, boolean secret, boolean usual) {}

    /** Empty for a route that was made from no connector. */
    List<Setting> of(String route) {
        return of(route, false);
    }

    /** Likewise, as people read it: yes or no, and so many seconds. */
    List<Setting> inWords(String route) {
        return of(route, true);
    }

    private List<Setting> of(String route, boolean words) {
        var definition = routes.definition(route).orElse(null);
        var template = routes.template(route).orElse(null);
        if (definition == null || template == null || template.getTemplateParameters() == null) {
            return List.of();
        }
        var given = Objects.requireNonNullElse(definition.getTemplateParameters(), Map.<String, Object>of());
        return template.getTemplateParameters().stream()
                .map(RouteSettings::parameter)
                .filter(parameter -> parameter.type() != Parameter.Type.ROUTE)
                .map(parameter -> setting(parameter, given.get(parameter.name()), words))
                .toList();
    }

    private static Parameter parameter(RouteTemplateParameterDefinition written) {
        return Parameter.written(
                written.getName(), Objects.requireNonNullElse(written.getDescription(), ""), written.getDefaultValue());
    }

    private Setting setting(Parameter parameter, @Nullable Object given, boolean words) {
        var value = given == null ? parameter.defaultValue() : given.toString();
        boolean secret = isSecret(parameter, value);
        return new Setting(
                parameter.name(),
                parameter.label(),
                parameter.description(),
                shown(value, secret, words ? parameter.type() : Parameter.Type.TEXT),
                secret,
                Objects.equals(value, parameter.defaultValue()));
    }

    static boolean isSecret(Parameter parameter, @Nullable String value) {
        return parameter.secret()
                || value != null && SECRET_REFERENCE.matcher(value).matches();
    }

    private String shown(@Nullable String value, boolean secret, Parameter.Type type) {
        if (value == null || value.isEmpty() || value.equals(NONE)) {
            return "Not set";
        }
        if (secret) {
            return HIDDEN;
        }
        var text = inWords(SIGN_IN.matcher(resolved(value)).replaceAll("//"), type);
        if (text.isEmpty() || text.equals(NONE)) {
            return "Not set";
        }
        return text.length() > SHOWN_LENGTH_MAX ? text.substring(0, SHOWN_LENGTH_MAX) + "…" : text;
    }

    private static String inWords(String value, Parameter.Type type) {
        return switch (type) {
            case YES_NO -> value.equals("true") ? "Yes" : value.equals("false") ? "No" : value;
            case DURATION_MS ->
                WHOLE.matcher(value).matches() ? TimeWords.duration(Duration.ofMillis(Long.parseLong(value))) : value;
            default -> value;
        };
    }

    /** A reference to a setting as what that is, unless it is called like a secret. */
    private String resolved(String value) {
        if (!value.contains("{{")) {
            return value;
        }
        var name = value.replaceAll("[{}]", "")
                .replaceAll(":.*", "")
                .toLowerCase(Locale.ROOT)
                .replace("-", "");
        if (Parameter.isCalledLikeSecret(name)) {
            return HIDDEN;
        }
        try {
            return routes.context().resolvePropertyPlaceholders(value);
        } catch (IllegalArgumentException unknown) {
            return value;
        }
    }
}
