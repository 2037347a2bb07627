package org.postbag.database;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.file.NoSuchFileException;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.postbag.settings.MissingSetting;

/** Says of a sign-in that failed which setting is wrong. The driver's own words are left out: they are in the machine's language, and may repeat an address. */
final class Refused {

    private static final String SERVER_REFUSES = "08004";
    private static final String CONNECTION_FAILS = "08006";

    private Refused() {}

    static MissingSetting told(SQLException refused, SignIn who) {
        var state = refused.getSQLState() == null ? "" : refused.getSQLState();
        return switch (state) {
            case "3D000" ->
                new MissingSetting(who.urlSetting(), "a database that is there: the server has none of that name");
            case "28P01" -> password(who);
            case "28000" ->
                new MissingSetting(
                        who.userSetting(),
                        "a role that may sign in from this machine: the server (pg_hba.conf) refuses this one");
            case "42501" -> new MissingSetting(who.userSetting(), "a role that may connect to the database");
            case "53300" ->
                new MissingSetting(who.urlSetting(), "a PostgreSQL with room for more connections (max_connections)");
            case "57P03" ->
                new MissingSetting(who.urlSetting(), "a PostgreSQL that has started: this one is starting or stopping");
            case SERVER_REFUSES -> who.hasPassword() ? noTls(who) : password(who);
            default -> network(refused, who, state);
        };
    }

    private static MissingSetting network(SQLException refused, SignIn who, String state) {
        if (cause(refused, UnknownHostException.class) != null) {
            return new MissingSetting(
                    who.urlSetting(), "a PostgreSQL on a machine whose name is known: this one's isn't");
        }
        if (cause(refused, FileNotFoundException.class) != null || cause(refused, NoSuchFileException.class) != null) {
            return new MissingSetting(
                    who.urlSetting(), "an address whose sslrootcert (or sslcert, sslkey) is a file that can be read");
        }
        boolean certificate =
                cause(refused, SSLException.class) != null || cause(refused, GeneralSecurityException.class) != null;
        // Of a certificate for another name the driver says no more than this.
        boolean wrongName = state.equals(CONNECTION_FAILS) && cause(refused, IOException.class) == null;
        if (certificate || wrongName) {
            return new MissingSetting(
                    who.urlSetting(),
                    "an address for whose host the server has a certificate that sslrootcert trusts: this one's isn't trusted, or is for another name");
        }
        if (cause(refused, ConnectException.class) != null) {
            return new MissingSetting(who.urlSetting(), "a PostgreSQL that answers: nothing listens there");
        }
        return new MissingSetting(who.urlSetting(), "a PostgreSQL that answers (SQLSTATE " + state + ")");
    }

    private static MissingSetting password(SignIn who) {
        return new MissingSetting(
                who.passwordSetting(),
                "the password of the role in " + who.userSetting() + ": the server doesn't take it");
    }

    private static MissingSetting noTls(SignIn who) {
        return new MissingSetting(
                who.urlSetting(), "a PostgreSQL that speaks TLS, as its sslmode asks: the one there doesn't");
    }

    private static <T extends Throwable> @Nullable T cause(Throwable failed, Class<T> kind) {
        for (var cause = failed; cause != null; cause = cause.getCause()) {
            if (kind.isInstance(cause)) {
                return kind.cast(cause);
            }
        }
        return null;
    }
}
