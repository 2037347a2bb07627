package org.postbag.console.reaching;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/** Whether a value can be right for a parameter. Pure. */
final class ParameterCheck {

    static final int VALUE_CHARACTERS_MAX = 1_000;
    private static final long MILLISECONDS_MAX = 24L * 60 * 60 * 1_000;
    private static final int PORT_MAX = 65_535;
    private static final String NONE = "none";

    /** A setting of the program, with what holds where it isn't given. Nothing else is resolved: neither the environment nor beans. */
    static final Pattern SETTING = Pattern.compile("\\{\\{(postbag\\.[A-Za-z0-9.-]{1,100})(?::([^{}]*))?}}");

    static final Pattern HOST = Pattern.compile(
            "(?=.{1,253}$)[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*");

    private static final Pattern ADDRESS = Pattern.compile("[^\\s@<>,;()\"]+@[^\\s@<>,;()\"]+");
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
    private static final Pattern FINGERPRINTS =
            Pattern.compile("SHA256:[A-Za-z0-9+/]{43}=?([, ]+SHA256:[A-Za-z0-9+/]{43}=?)*");

    private ParameterCheck() {}

    static Optional<String> problem(Parameter parameter, String value) {
        if (value.isEmpty()) {
            return parameter.required() ? Optional.of("Enter " + asked(parameter)) : Optional.empty();
        }
        if (value.equals(parameter.defaultValue())) {
            return Optional.empty();
        }
        return dangerous(parameter, value).or(() -> parameter.secret() ? secret(value) : plain(parameter, value));
    }

    /** What would be more than a value: another option of the address, a bean, a look into the environment. */
    private static Optional<String> dangerous(Parameter parameter, String value) {
        if (value.length() > VALUE_CHARACTERS_MAX) {
            return Optional.of(parameter.label() + " must be 1,000 characters or fewer");
        }
        if (value.chars().anyMatch(Character::isISOControl)) {
            return Optional.of(parameter.label() + " must be one line, without tabs");
        }
        var rest = SETTING.matcher(value).replaceAll("");
        if (parameter.secret()
                || rest.equals(value) && Secrets.REFERENCE.matcher(value).find()) {
            rest = Secrets.REFERENCE.matcher(rest).replaceAll("");
        }
        if (rest.contains("{{") || rest.contains("}}")) {
            return Optional.of(parameter.label() + " can name settings of Postbag only, such as {{postbag.mail.host}}");
        }
        return value.startsWith("#") || rest.contains("&") || rest.contains("${") || value.startsWith("RAW(")
                ? Optional.of(parameter.label() + " can’t begin with # and can’t hold & or ${")
                : Optional.empty();
    }

    private static Optional<String> secret(String value) {
        var references = Arrays.stream(value.split(","))
                .map(String::strip)
                .allMatch(one -> Secrets.REFERENCE.matcher(one).matches()
                        || SETTING.matcher(one).matches());
        return references
                ? Optional.empty()
                : Optional.of("Name a secret, such as {{secret:NAME}}. Never write the secret itself here");
    }

    private static Optional<String> plain(Parameter parameter, String value) {
        if (Secrets.REFERENCE.matcher(value).find()) {
            return Optional.of("A secret can’t stand here: " + parameter.label() + " is shown to people");
        }
        if (SETTING.matcher(value).find()) {
            return Optional.empty();
        }
        return switch (parameter.type()) {
            case NUMBER -> number(parameter, value, 0, Integer.MAX_VALUE);
            case PORT -> number(parameter, value, 1, PORT_MAX);
            case DURATION_MS -> number(parameter, value, 100, MILLISECONDS_MAX);
            case CHOICE ->
                parameter.choices().contains(value)
                        ? Optional.empty()
                        : Optional.of("Choose one of: " + String.join(", ", parameter.choices()));
            case YES_NO ->
                value.equals("true") || value.equals("false") ? Optional.empty() : Optional.of("Choose yes or no");
            case HOST ->
                when(
                        HOST.matcher(value).matches(),
                        "Enter the name of a machine, such as mail.example.org, without spaces or slashes");
            case HOSTS ->
                when(
                        Arrays.stream(value.split(",")).map(String::strip).allMatch(HOST.asMatchPredicate()),
                        "Enter names of machines with a comma between them, such as pbs.example.org,video.example.org");
            case URL -> when(isWebAddress(value), "Enter a web address that begins with https://");
            case ADDRESS -> when(ADDRESS.matcher(value).matches(), "Enter an email address, such as name@example.org");
            case DAY -> when(isDay(value), "Enter a day as in 2027-03-31");
            case FOLDER, FILE ->
                when(
                        isPath(value),
                        "Enter the full name of a " + (parameter.type() == Parameter.Type.FILE ? "file" : "folder")
                                + ", without ..");
            case REMOTE_FOLDER ->
                when(!value.contains("..") && !value.contains("?"), "Enter the name of a folder, without .. and ?");
            case PROFILE, NAME ->
                when(NAME.matcher(value).matches(), "Enter a name of small letters, digits and hyphens");
            case KEYS ->
                when(
                        FINGERPRINTS.matcher(value).matches(),
                        "Enter fingerprints as ssh-keygen -lf shows them (SHA256: and 43 characters), with a comma between them");
            case TEXT, SECRET, ROUTE -> Optional.empty();
        };
    }

    private static Optional<String> when(boolean right, String words) {
        return right ? Optional.empty() : Optional.of(words);
    }

    private static Optional<String> number(Parameter parameter, String value, long least, long most) {
        var words = "%s must be a whole number from %,d to %,d".formatted(parameter.label(), least, most);
        try {
            long number = Long.parseLong(value);
            return when(number >= least && number <= most, words);
        } catch (NumberFormatException notOne) {
            return Optional.of(words);
        }
    }

    private static boolean isWebAddress(String value) {
        try {
            var at = new URI(value);
            return at.getHost() != null
                    && at.getUserInfo() == null
                    && ("https".equals(at.getScheme())
                            || "http".equals(at.getScheme()) && Machines.isThisMachine(at.getHost()));
        } catch (URISyntaxException notOne) {
            return false;
        }
    }

    private static boolean isDay(String value) {
        try {
            LocalDate.parse(value);
            return true;
        } catch (DateTimeException notOne) {
            return value.equals(NONE);
        }
    }

    private static boolean isPath(String value) {
        try {
            var path = Path.of(value);
            return path.equals(path.normalize()) && !value.contains("?");
        } catch (InvalidPathException notOne) {
            return false;
        }
    }

    private static String asked(Parameter parameter) {
        var label = parameter.label();
        boolean acronym = label.length() > 1 && Character.isUpperCase(label.charAt(1));
        return acronym ? label : label.substring(0, 1).toLowerCase(java.util.Locale.ROOT) + label.substring(1);
    }
}
