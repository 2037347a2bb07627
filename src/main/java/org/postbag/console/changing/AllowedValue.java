package org.postbag.console.changing;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.postbag.console.reaching.Parameter;
import org.postbag.console.reaching.Secrets;

/**
 * Whether a value may stand for a parameter. A value ends up in an endpoint's address, where {@code &}, {@code RAW(} or {@code #} would be read as more than
 * a value, so each kind of value has the few characters that it needs. Pure.
 */
final class AllowedValue {

    private static final int LENGTH_MAX = 500;
    private static final Pattern HOST =
            Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");
    private static final Pattern ADDRESS = Pattern.compile("[A-Za-z0-9._+-]{1,64}@[A-Za-z0-9.-]{1,190}");
    private static final Pattern DAY = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    private static final Pattern PROFILE = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
    private static final Pattern DATA_FOLDER =
            Pattern.compile("\\{\\{postbag\\.data}}/in((?:/[A-Za-z0-9][A-Za-z0-9._-]{0,62}){1,5})");
    private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9][A-Za-z0-9._-]{0,62}){1,12}");
    /** Names of folders at a source, of users, fingerprints, scopes. */
    private static final Pattern TEXT = Pattern.compile("[\\p{L}\\p{M}\\p{N} ._@/:,+=\\\\*~!|'-]*");

    private static final Pattern URL_TEXT = Pattern.compile("https://[A-Za-z0-9.:/_-]{1,300}");
    /** A setting of ours, perhaps with what holds where it isn't given. */
    private static final Pattern SETTING = Pattern.compile("\\{\\{postbag\\.[a-z0-9.-]{1,80}(:[^{}$#&?]*)?}}");

    private AllowedValue() {}

    /** Why it may not; empty where it may. */
    static Optional<String> problem(String connector, Parameter parameter, String value, Allowed allowed) {
        if (value.length() > LENGTH_MAX) {
            return Optional.of("is longer than " + LENGTH_MAX + " characters");
        }
        if (value.codePoints().anyMatch(YamlText::isUnseen)) {
            return Optional.of("holds a character that can’t be seen");
        }
        if (!Normalizer.isNormalized(value, Normalizer.Form.NFKC)) {
            return Optional.of("holds a character that looks like another");
        }
        if (value.contains("{") || value.contains("}") || value.contains("$")) {
            return reference(connector, parameter, value, allowed);
        }
        if (value.equals(parameter.defaultValue())) {
            return Optional.empty();
        }
        return parameter.secret()
                ? Optional.of("is a secret. Write where it is kept, {{secret:NAME}}, never the secret itself")
                : plain(parameter, value, allowed)
                        .or(() -> parameter.problem(value).map(words -> "can’t be right: " + words));
    }

    private static Optional<String> reference(String connector, Parameter parameter, String value, Allowed allowed) {
        if (parameter.secret()
                && Arrays.stream(value.split(",", -1))
                        .allMatch(one -> Secrets.REFERENCE.matcher(one.strip()).matches())) {
            return Optional.empty();
        }
        if (parameter.type() == Parameter.Type.FOLDER
                && DATA_FOLDER.matcher(value).matches()
                && !value.contains("..")) {
            return Optional.empty();
        }
        if (isMadeOfSettings(value) && allowed.isSetting(connector, parameter.name(), value)) {
            return Optional.empty();
        }
        return Optional.of(
                parameter.secret()
                        ? "names a secret by something else than {{secret:NAME}}"
                        : "holds {{…}} or ${…}. That may stand there only as it does in the files of routes/");
    }

    /** Settings of ours with plain text around them: never {@code env:}, {@code sys:} or another function. */
    private static boolean isMadeOfSettings(String value) {
        return TEXT.matcher(SETTING.matcher(value).replaceAll("x")).matches();
    }

    private static Optional<String> plain(Parameter parameter, String value, Allowed allowed) {
        return switch (parameter.type()) {
            case HOST -> host(value, allowed);
            case HOSTS ->
                Arrays.stream(value.split(",", -1))
                        .map(one -> host(one, allowed))
                        .flatMap(Optional::stream)
                        .findFirst();
            case URL -> url(value, allowed);
            case PORT, NUMBER, DURATION_MS -> fits(NUMBER, value, "is not a whole number");
            case YES_NO ->
                List.of("true", "false").contains(value) ? Optional.empty() : Optional.of("is neither true nor false");
            case CHOICE ->
                parameter.choices().contains(value)
                        ? Optional.empty()
                        : Optional.of("is not one of " + String.join(", ", parameter.choices()));
            case ADDRESS -> fits(ADDRESS, value, "is not an email address");
            case DAY -> fits(DAY, value, "is not a day such as 2027-03-31");
            case PROFILE, NAME -> fits(PROFILE, value, "is not a name of small letters, digits and hyphens");
            case FOLDER -> beneath(value, allowed.folders(), "postbag.routes.folders", "folder");
            case FILE -> beneath(value, allowed.files(), "postbag.routes.files", "file");
            case TEXT, KEYS, REMOTE_FOLDER, ROUTE, SECRET ->
                fits(TEXT, value, "may hold letters, digits, spaces and . _ - @ / : , + = \\ * ~ ! | ' only");
        };
    }

    private static Optional<String> fits(Pattern pattern, String value, String otherwise) {
        return pattern.matcher(value).matches() ? Optional.empty() : Optional.of(otherwise);
    }

    static Optional<String> host(String host, Allowed allowed) {
        if (!HOST.matcher(host).matches()) {
            return Optional.of("is not the name of a machine in small letters");
        }
        return allowed.machines().refusal(host).map(words -> "can’t be right: " + words);
    }

    private static Optional<String> url(String value, Allowed allowed) {
        if (!URL_TEXT.matcher(value).matches()) {
            return Optional.of("is not a plain address that begins with https://");
        }
        try {
            var host = new URI(value).getHost();
            return host == null ? Optional.of("names no machine") : host(host, allowed);
        } catch (URISyntaxException wrong) {
            return Optional.of("is not an address");
        }
    }

    private static Optional<String> beneath(String value, List<String> tops, String setting, String what) {
        if (!PATH.matcher(value).matches() || value.contains("..")) {
            return Optional.of("is not the plain path of a " + what);
        }
        try {
            var path = Path.of(value).normalize();
            return tops.stream().anyMatch(top -> path.startsWith(top) && !path.equals(Path.of(top)))
                    ? Optional.empty()
                    : Optional.of("lies outside of what may be used (" + setting + ")"
                            + ("folder".equals(what) ? ". {{postbag.data}}/in/NAME always may" : ""));
        } catch (InvalidPathException wrong) {
            return Optional.of("is not the path of a " + what);
        }
    }
}
