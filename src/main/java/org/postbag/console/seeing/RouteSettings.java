package org.postbag.console.seeing;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postbag.console.reaching.MadeRoutes;
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
    private static final Pattern SIGN_IN = Pattern.compile("//[^/@\\s]*@");

    private final MadeRoutes routes;

    RouteSettings(MadeRoutes routes) {
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
        return routes.of(route).map(MadeRoutes.Made::settings).orElse(List.of()).stream()
                .filter(setting -> setting.known() && setting.parameter().type() != Parameter.Type.ROUTE)
                .map(setting -> setting(setting.parameter(), setting.value()))
                .toList();
    }

    private Setting setting(Parameter parameter, @Nullable String value) {
        boolean secret = isSecret(parameter, value);
        return new Setting(
                parameter.name(),
                parameter.label(),
                parameter.description(),
                shown(value, secret),
                secret,
                Objects.equals(value, parameter.defaultValue()));
    }

    static boolean isSecret(Parameter parameter, @Nullable String value) {
        return parameter.secret()
                || value != null && SECRET_REFERENCE.matcher(value).matches();
    }

    private String shown(@Nullable String value, boolean secret) {
        if (value == null || value.isEmpty() || value.equals(NONE)) {
            return "Not set";
        }
        if (secret) {
            return HIDDEN;
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
        return Parameter.isCalledLikeSecret(name) ? HIDDEN : routes.resolved(value);
    }
}
