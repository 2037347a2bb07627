package org.postbag.console.changing;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postbag.console.reaching.Connector;
import org.postbag.console.reaching.Machines;
import org.postbag.console.reaching.Parameter;
import org.postbag.console.reaching.Parameter.Type;
import org.postbag.receiving.Channel;

/** A body with a mail server, a folder and a machine that is reached by SFTP. */
final class AllowedInTests {

    private AllowedInTests() {}

    static final Allowed ALLOWED = new Allowed(
            List.of(
                    connector(
                            "email",
                            Channel.EMAIL,
                            choice("protocol", "imaps", "imaps", "imap"),
                            parameter("host", Type.HOST, null),
                            parameter("port", Type.PORT, "993"),
                            parameter("username", Type.TEXT, null),
                            parameter("password", Type.SECRET, null),
                            parameter("certificates", Type.FILE, "none"),
                            parameter("folder", Type.REMOTE_FOLDER, "INBOX"),
                            parameter("movedTo", Type.REMOTE_FOLDER, "Filed"),
                            parameter("junk", Type.YES_NO, "false"),
                            parameter("copiesTo", Type.ADDRESS, "none"),
                            parameter("pollMilliseconds", Type.DURATION_MS, "5000")),
                    connector(
                            "telephone",
                            Channel.TELEPHONE,
                            parameter("folder", Type.FOLDER, null),
                            parameter("profile", Type.PROFILE, null),
                            parameter("everyMs", Type.DURATION_MS, "1000")),
                    connector(
                            "letter-sftp",
                            Channel.LETTER,
                            parameter("routeId", Type.ROUTE, null),
                            parameter("host", Type.HOST, null),
                            parameter("username", Type.TEXT, null),
                            parameter("password", Type.SECRET, "none"),
                            parameter("keyFile", Type.FILE, "none"),
                            parameter("folder", Type.REMOTE_FOLDER, null),
                            parameter("here", Type.FOLDER, null)),
                    connector(
                            "x",
                            Channel.X,
                            parameter("account", Type.TEXT, null),
                            parameter("baseUrl", Type.URL, "https://api.twitter.com/1.1/"),
                            parameter("mediaHosts", Type.HOSTS, "pbs.twimg.com,video.twimg.com"))),
            Map.of(
                    "email",
                    Map.of(
                            "host", Set.of("{{postbag.mail.host}}"),
                            "password", Set.of("{{postbag.mail.password}}"),
                            "folder", Set.of("{{postbag.mail.folder:INBOX}}", "{{env:PATH}}"))),
            new Machines(Set.of("imap.example.org", "*.mail.example.org", "pbs.twimg.com", "api.twitter.com")),
            List.of("/srv/postbag/in"),
            List.of("/etc/postbag"));

    private static Connector connector(String id, Channel channel, Parameter... parameters) {
        return new Connector(id, channel, id, id, List.of(parameters), null);
    }

    private static Parameter parameter(String name, Type type, @Nullable String otherwise) {
        return new Parameter(name, name, name, type, otherwise, otherwise == null, List.of());
    }

    private static Parameter choice(String name, String otherwise, String... choices) {
        return new Parameter(name, name, name, Type.CHOICE, otherwise, false, List.of(choices));
    }
}
