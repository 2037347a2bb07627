package org.postbag.console.reaching;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postbag.console.reaching.Parameter.Type;

/**
 * Reads a parameter as its connector's file writes it: the description's first sentence names its type where it isn't just text ({@code Secret. ...},
 * {@code Choice of imaps or imap. ...}), so that plain Camel, which knows no types, still reads the file.
 */
final class ParameterWords {

    private static final Map<String, Type> TYPES = Map.ofEntries(
            Map.entry("Secret", Type.SECRET),
            Map.entry("Host", Type.HOST),
            Map.entry("Hosts", Type.HOSTS),
            Map.entry("Port", Type.PORT),
            Map.entry("Number", Type.NUMBER),
            Map.entry("Milliseconds", Type.DURATION_MS),
            Map.entry("Yes or no", Type.YES_NO),
            Map.entry("Web address", Type.URL),
            Map.entry("Email address", Type.ADDRESS),
            Map.entry("Day", Type.DAY),
            Map.entry("Folder here", Type.FOLDER),
            Map.entry("Folder there", Type.REMOTE_FOLDER),
            Map.entry("File here", Type.FILE),
            Map.entry("Profile", Type.PROFILE),
            Map.entry("Name", Type.NAME),
            Map.entry("Fingerprints", Type.KEYS),
            Map.entry("Route", Type.ROUTE));

    /** A connector should mark its secrets; one that was forgotten isn't shown all the same. */
    static final Pattern SECRET_NAME =
            Pattern.compile("(?i).*(password|passphrase|secrets?|token|consumerKey|apiKey|credential|privateKey)");

    private static final Pattern CHOICE = Pattern.compile("Choice of (.+)");
    private static final Pattern OR = Pattern.compile(", | or ");

    /** Where a name doesn't say it to people. */
    private static final Map<String, String> LABELS = Map.ofEntries(
            Map.entry("tokenUrl", "Address of the token server"),
            Map.entry("clientId", "Application’s id"),
            Map.entry("secretEnds", "Last day of the client secret"),
            Map.entry("certificates", "File of certificates"),
            Map.entry("movedTo", "Taken items are moved to"),
            Map.entry("copiesTo", "Address of copies of answers"),
            Map.entry("junk", "Spam folder"),
            Map.entry("pollMilliseconds", "Time between two polls"),
            Map.entry("everyMs", "Time between two looks"),
            Map.entry("stillForMs", "Time that a file must be still"),
            Map.entry("keyFile", "File of the private key"),
            Map.entry("hostKeys", "Fingerprints of the host’s key"),
            Map.entry("knownHosts", "File of known hosts"),
            Map.entry("here", "Folder on this machine"),
            Map.entry("baseUrl", "Address of X’s API"),
            Map.entry("mediaHosts", "Hosts of pictures and films"),
            Map.entry("signedHosts", "Hosts of private pictures"),
            Map.entry("consumerKey", "API key"),
            Map.entry("consumerSecret", "API key secret"),
            Map.entry("consumerSecrets", "API key secret"),
            Map.entry("door", "Name of the door"));

    private ParameterWords() {}

    static Parameter read(String name, String written, @Nullable String defaultValue) {
        int stop = written.indexOf(". ");
        var first = stop < 0 ? "" : written.substring(0, stop);
        var choice = CHOICE.matcher(first);
        var type = Optional.ofNullable(Parameter.isCalledLikeSecret(name) ? Type.SECRET : TYPES.get(first));
        var choices = choice.matches() ? List.of(OR.split(choice.group(1))) : List.<String>of();
        boolean named = TYPES.containsKey(first) || choice.matches();
        return new Parameter(
                name,
                label(name),
                named ? written.substring(stop + 2) : written,
                type.orElse(choice.matches() ? Type.CHOICE : Type.TEXT),
                defaultValue,
                defaultValue == null,
                choices);
    }

    private static String label(String name) {
        var known = LABELS.get(name);
        if (known != null) {
            return known;
        }
        var words = String.join(
                " ",
                Arrays.stream(name.split("(?=[A-Z])"))
                        .map(word -> word.toLowerCase(Locale.ROOT))
                        .toList());
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }
}
