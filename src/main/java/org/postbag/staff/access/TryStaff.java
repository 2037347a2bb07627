package org.postbag.staff.access;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import org.postbag.staff.Role;
import org.postbag.staff.SampleStaff;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/** Makes the sample staff and the token of try mode at its first start. */
@Component
@Profile("try")
class TryStaff implements SmartInitializingSingleton {

    private static final String JOB = "api";

    /** What the calls of the API need, all of them. */
    private static final Set<Role> TOKEN_ROLES = EnumSet.of(
            Role.READER,
            Role.OFFICER,
            Role.REVIEWER,
            Role.DATA_PROTECTION_OFFICER,
            Role.ROUTE_VIEWER,
            Role.ROUTE_OPERATOR,
            Role.ADMINISTRATOR);

    private final JdbcClient jdbc;
    private final PasswordEncoder encoder;
    private final ApiTokens tokens;
    private final Path tokenFile;

    TryStaff(JdbcClient jdbc, PasswordEncoder encoder, ApiTokens tokens, @Value("${postbag.data}") Path data) {
        this.jdbc = jdbc;
        this.encoder = encoder;
        this.tokens = tokens;
        this.tokenFile = data.resolve("api-token");
    }

    @Override
    public void afterSingletonsInstantiated() {
        try {
            if (!jdbc.sql("select exists (select from staff_member)")
                    .query(Boolean.class)
                    .single()) {
                addStaff();
            }
            if (!Files.exists(tokenFile)
                    || tokens.bearer(Files.readString(tokenFile).strip()).isEmpty()) {
                writeToken();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The token of try mode can't be kept in " + tokenFile, e);
        }
    }

    /** All have one password, so it is hashed once: hashing is slow on purpose. One statement, so that a kill leaves all of them or none. */
    private void addStaff() {
        jdbc.sql("""
                        insert into staff_member (username, name, password_hash, roles, email)
                        select username, name, ?, array[role], username || '@localhost' from unnest(?::text[], ?::text[], ?::text[]) as k(username, name, role)
                        """)
                .params(
                        encoder.encode(SampleStaff.PASSWORD),
                        SampleStaff.ALL.stream().map(SampleStaff::username).toArray(String[]::new),
                        SampleStaff.ALL.stream().map(SampleStaff::name).toArray(String[]::new),
                        SampleStaff.ALL.stream().map(p -> p.role().name()).toArray(String[]::new))
                .update();
    }

    private void writeToken() throws IOException {
        Files.deleteIfExists(tokenFile);
        Files.createFile(tokenFile, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(tokenFile, tokens.issue(JOB, TOKEN_ROLES) + "\n", StandardOpenOption.WRITE);
    }
}
