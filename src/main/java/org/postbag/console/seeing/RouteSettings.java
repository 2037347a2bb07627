package org.postbag.console.seeing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RouteTemplateParameterDefinition;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** What a route is set to, with its secrets masked: those that the connector marks, and whatever is called like one. */
@Component
@Profile("!command")
class RouteSettings {

    static final String MARK = "Secret.";
    private static final String NONE = "none";
    private static final int SHOWN_LENGTH_MAX = 300;
    private static final Pattern SECRET_NAME =
            Pattern.compile("(?i).*(password|passphrase|secrets?|token|consumerKey|apiKey|credential|privateKey)");
    private static final Pattern SECRET_REFERENCE = Pattern.compile("(?i)\\{\\{\\s*secret:.*");
    private static final Pattern SIGN_IN = Pattern.compile("//[^/@\\s]*@");

    private final RunningRoutes routes;

    RouteSettings(RunningRoutes routes) {
        this.routes = routes;
    }

    /**
     * One setting as shown.
     *
     * @param description what it is for, as the connector says
     * @param value what it is, or that it isn't shown
     * @param usual whether it is what the connector sets by itself
     */
    public record Setting(String name, String description, String value, boolean secret, boolean usual) {}

    /** Empty for a route that was made from no connector. */
    List<Setting> of(String route) {
        var definition = routes.definition(route).orElse(null);
        var template = routes.template(route).orElse(null);
        if (definition == null || template == null || template.getTemplateParameters() == null) {
            return List.of();
        }
        var settings = new ArrayList<Setting>();
        for (var parameter : template.getTemplateParameters()) {
            settings.add(setting(parameter, definition));
        }
        return settings;
    }

    private Setting setting(RouteTemplateParameterDefinition parameter, RouteDefinition definition) {
        var description = Objects.requireNonNullElse(parameter.getDescription(), "");
        var given = value(definition.getTemplateParameters(), parameter.getName());
        var value = given == null ? parameter.getDefaultValue() : given;
        boolean secret = isSecret(parameter.getName(), description, value);
        return new Setting(
                parameter.getName(),
                description.startsWith(MARK)
                        ? description.substring(MARK.length()).strip()
                        : description,
                shown(value, secret),
                secret,
                Objects.equals(value, parameter.getDefaultValue()));
    }

    private static @Nullable String value(@Nullable Map<String, Object> values, String name) {
        var value = values == null ? null : values.get(name);
        return value == null ? null : value.toString();
    }

    static boolean isSecret(String name, String description, @Nullable String value) {
        return description.startsWith(MARK)
                || SECRET_NAME.matcher(name).matches()
                || value != null && SECRET_REFERENCE.matcher(value).matches();
    }

    private String shown(@Nullable String value, boolean secret) {
        if (value == null || value.isEmpty() || value.equals(NONE)) {
            return "Not set";
        }
        if (secret) {
            return "Set, not shown";
        }
        var text = SIGN_IN.matcher(resolved(value)).replaceAll("//");
        if (text.isEmpty() || text.equals(NONE)) {
            return "Not set";
        }
        return text.length() > SHOWN_LENGTH_MAX ? text.substring(0, SHOWN_LENGTH_MAX) + "…" : text;
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
        if (SECRET_NAME.matcher(name).matches()) {
            return "Set, not shown";
        }
        try {
            return routes.context().resolvePropertyPlaceholders(value);
        } catch (IllegalArgumentException unknown) {
            return value;
        }
    }
}
