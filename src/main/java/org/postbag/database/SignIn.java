package org.postbag.database;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postbag.settings.MissingSetting;
import org.springframework.core.env.Environment;

/**
 * Who signs in to PostgreSQL, and by which settings that was said.
 *
 * @param urlSetting where it is
 * @param userSetting the role
 * @param passwordSetting its password
 */
record SignIn(
        String urlSetting,
        String url,
        String userSetting,
        String user,
        String passwordSetting,
        @Nullable String password) {

    /** What the program works as: it owns nothing, so that it can't change the trail. */
    static SignIn application(Environment settings) {
        return read(settings, "spring.datasource.", "username", "the role that the program works as, postbag_app");
    }

    /** What owns the tables, and makes and changes them at a start. */
    static SignIn owner(Environment settings) {
        return read(settings, "spring.flyway.", "user", "the role that owns the database and makes its tables");
    }

    private static SignIn read(Environment settings, String prefix, String user, String who) {
        var urlSetting = isGiven(settings, prefix + "url") ? prefix + "url" : "spring.datasource.url";
        var url = needed(settings, urlSetting, "the address of PostgreSQL, such as jdbc:postgresql://db/postbag");
        if (!url.startsWith("jdbc:postgresql:")) {
            throw new MissingSetting(urlSetting, "an address of PostgreSQL, such as jdbc:postgresql://db/postbag");
        }
        var name = needed(settings, prefix + user, who);
        var password = settings.getProperty(prefix + "password");
        return new SignIn(urlSetting, url, prefix + user, name, prefix + "password", password);
    }

    private static boolean isGiven(Environment settings, String setting) {
        var given = settings.getProperty(setting);
        return given != null && !given.isBlank();
    }

    private static String needed(Environment settings, String setting, String what) {
        var given = settings.getProperty(setting);
        if (given == null || given.isBlank()) {
            throw new MissingSetting(setting, what);
        }
        return given.strip();
    }

    boolean hasPassword() {
        return password != null && !password.isEmpty();
    }

    Connection connect() throws SQLException {
        var who = new Properties();
        who.setProperty("user", user);
        if (hasPassword()) {
            who.setProperty("password", String.valueOf(password));
        }
        return DriverManager.getConnection(url, who);
    }

    /** A record would say the password too. */
    @Override
    public String toString() {
        return user;
    }
}
