package org.postbag.staff.access;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import org.postbag.settings.MissingSetting;
import org.postbag.staff.Role;
import org.postbag.staff.StaffEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/** Makes the first administrator, who makes the others, when there is no staff yet. */
@Component
@Profile("!try")
class FirstStaff implements SmartInitializingSingleton {

    private static final Logger LOG = LoggerFactory.getLogger(FirstStaff.class);
    private static final int PASSWORD_CHARS_MIN = 12;

    private final JdbcClient jdbc;
    private final PasswordEncoder encoder;
    private final StaffSettings settings;
    private final ApplicationEventPublisher events;

    FirstStaff(JdbcClient jdbc, PasswordEncoder encoder, StaffSettings settings, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.encoder = encoder;
        this.settings = settings;
        this.events = events;
    }

    @Override
    public void afterSingletonsInstantiated() {
        if (jdbc.sql("select exists (select from staff_member)")
                .query(Boolean.class)
                .single()) {
            return;
        }
        var username = settings.firstAdministrator();
        var file = settings.firstPasswordFile();
        if (username == null || file == null) {
            LOG.warn("Nobody can sign in yet: set postbag.staff.first-administrator to a username and"
                    + " postbag.staff.first-password-file to a file that holds its first password.");
            return;
        }
        var id = jdbc.sql("""
                        insert into staff_member (username, name, password_hash, roles) values (?, ?, ?, ?::text[])
                        returning id
                        """)
                .params(
                        username.strip().toLowerCase(Locale.ROOT),
                        username.strip(),
                        encoder.encode(password(file)),
                        Set.of(Role.ADMINISTRATOR).stream().map(Role::name).toArray(String[]::new))
                .query(Long.class)
                .single();
        events.publishEvent(new StaffEvent(
                "job:first-start", StaffEvent.Kind.CREATED, Long.toString(id), "first administrator, from settings"));
    }

    private static String password(Path file) {
        try {
            var password = Files.readString(file).lines().findFirst().orElse("").strip();
            if (password.length() >= PASSWORD_CHARS_MIN) {
                return password;
            }
        } catch (IOException e) {
            // said below
        }
        throw new MissingSetting(
                "postbag.staff.first-password-file",
                "a file that can be read, whose first line is a password of at least " + PASSWORD_CHARS_MIN
                        + " characters");
    }
}
