package org.postbag.database;

import java.sql.Connection;
import java.sql.SQLException;
import org.postbag.settings.MissingSetting;

/**
 * PostgreSQL as the settings name it: it answered, is new enough, has the two roles, and lets them do what they must and no more.
 *
 * @param owner makes and changes the tables
 * @param application works with them
 */
record Database(SignIn owner, SignIn application) {

    private static final int VERSION = 18;

    private static final String ROLE = """
            select r.rolsuper or pg_has_role(r.oid, ?, 'member') as owns
              from pg_roles r
             where r.rolname = ?
            """;

    /** @throws MissingSetting which names what is wrong; nothing was changed then */
    static Database open(SignIn owner, SignIn application, String role) {
        if (!application.user().equals(role)) {
            throw new MissingSetting(
                    application.userSetting(),
                    role
                            + ", the role that is let do what the program does, or spring.flyway.placeholders.app_role to this one");
        }
        try (var connection = owner.connect()) {
            checkServer(connection, owner);
            checkOwner(connection, owner);
            checkRole(connection, owner, application);
        } catch (SQLException refused) {
            throw Refused.told(refused, owner);
        }
        try (var connection = application.connect()) {
            checkServer(connection, application);
        } catch (SQLException refused) {
            throw Refused.told(refused, application);
        }
        return new Database(owner, application);
    }

    private static void checkServer(Connection connection, SignIn who) throws SQLException {
        int version = connection.getMetaData().getDatabaseMajorVersion();
        if (version < VERSION) {
            throw new MissingSetting(
                    who.urlSetting(), "a PostgreSQL %d or newer: this one is %d".formatted(VERSION, version));
        }
    }

    private static void checkOwner(Connection connection, SignIn owner) throws SQLException {
        try (var asked = connection.createStatement();
                var answer = asked.executeQuery(
                        "select coalesce(has_schema_privilege(current_schema(), 'create'), false)")) {
            answer.next();
            if (!answer.getBoolean(1)) {
                throw new MissingSetting(
                        owner.userSetting(), "the owner of the database: this role may make no tables in its schema");
            }
        }
    }

    private static void checkRole(Connection connection, SignIn owner, SignIn application) throws SQLException {
        try (var asked = connection.prepareStatement(ROLE)) {
            asked.setString(1, owner.user());
            asked.setString(2, application.user());
            try (var answer = asked.executeQuery()) {
                if (!answer.next()) {
                    throw new MissingSetting(
                            application.userSetting(), "a role that is there: the server has none of that name");
                }
                if (answer.getBoolean("owns")) {
                    throw new MissingSetting(
                            application.userSetting(),
                            "a role that owns nothing, so that nobody changes the audit trail through it: this one has the owner's rights");
                }
            }
        }
    }
}
