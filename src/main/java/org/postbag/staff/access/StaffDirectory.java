package org.postbag.staff.access;

import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.postbag.staff.Role;
import org.postbag.staff.StaffEvent;
import org.postbag.staff.StaffEvent.Kind;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Who is a member of staff, and what each may do. Every change is recorded in its transaction; nobody is ever removed, since the trail names them. */
@Component
public class StaffDirectory {

    /** Short enough to type, long enough not to be guessed: NCSC's three random words are about as strong as 12 of these characters. */
    public static final int PASSWORD_CHARS_MIN = 12;

    public static final int PASSWORD_CHARS_MAX = 64;

    private static final Pattern USERNAME = Pattern.compile("[a-z][a-z0-9.-]{1,39}");
    private static final Pattern EMAIL = Pattern.compile("[^\\s@<>]+@[^\\s@<>]+");
    private static final int EMAIL_CHARS_MAX = 254;
    private static final int GENERATED_GROUPS = 4;
    private static final int GENERATED_GROUP_CHARS = 5;
    private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";
    private static final String COLUMNS = "select id, username, name, email, roles, active from staff_member ";

    private final JdbcClient jdbc;
    private final PasswordEncoder encoder;
    private final ApplicationEventPublisher events;
    private final SecureRandom random = new SecureRandom();

    StaffDirectory(JdbcClient jdbc, PasswordEncoder encoder, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.encoder = encoder;
        this.events = events;
    }

    /** A member of staff as an administrator sees one. */
    public record Person(
            long id, String username, String name, @Nullable String email, Set<Role> roles, boolean active) {

        /** The roles in words, such as "Officer, Reviewer". */
        public String rolesInWords() {
            return roles.isEmpty() ? "No role" : roles.stream().map(Role::label).collect(Collectors.joining(", "));
        }
    }

    /** How a change ended. */
    public sealed interface Outcome {

        /** Done. */
        record Changed(Person person) implements Outcome {}

        /** Done, with a password that is shown this once. */
        record NewPassword(Person person, String password) implements Outcome {}

        /** The username or the email address is another's. */
        record Taken() implements Outcome {}

        /** Refused: nobody would be left to administer. */
        record LastAdministrator() implements Outcome {}
    }

    public static boolean isEmail(String text) {
        return text.length() <= EMAIL_CHARS_MAX && EMAIL.matcher(text).matches();
    }

    public static boolean isUsername(String text) {
        return USERNAME.matcher(text).matches();
    }

    public List<Person> all() {
        return jdbc.sql(COLUMNS + "order by active desc, name, id")
                .query(StaffDirectory::read)
                .list();
    }

    public Optional<Person> find(long id) {
        return jdbc.sql(COLUMNS + "where id = ?")
                .param(id)
                .query(StaffDirectory::read)
                .optional();
    }

    @Transactional
    public Outcome add(String username, String name, Set<Role> roles, String actor) {
        var password = generate();
        try {
            var id = jdbc.sql("""
                            insert into staff_member (username, name, password_hash, roles) values (?, ?, ?, ?::text[]) returning id
                            """)
                    .params(username.toLowerCase(Locale.ROOT), name, encoder.encode(password), names(roles))
                    .query(Long.class)
                    .single();
            var person = find(id).orElseThrow();
            events.publishEvent(new StaffEvent(
                    actor, Kind.CREATED, Long.toString(id), "added as " + person.rolesInWords(), null, name));
            return new Outcome.NewPassword(person, password);
        } catch (DuplicateKeyException e) {
            return new Outcome.Taken();
        }
    }

    /** @param email the address that the person's mail comes from; empty for none */
    @Transactional
    public Outcome changeEmail(Person before, String email, String actor) {
        try {
            jdbc.sql("update staff_member set email = nullif(?, '') where id = ?")
                    .params(email.toLowerCase(Locale.ROOT), before.id())
                    .update();
            return changed(find(before.id()).orElseThrow(), actor, "email address changed");
        } catch (DuplicateKeyException e) {
            return new Outcome.Taken();
        }
    }

    @Transactional
    public Outcome changeRoles(Person before, Set<Role> roles, String actor) {
        if (!roles.contains(Role.ADMINISTRATOR) && isLastAdministrator(before)) {
            return new Outcome.LastAdministrator();
        }
        jdbc.sql("update staff_member set roles = ?::text[] where id = ?")
                .params(names(roles), before.id())
                .update();
        var after = find(before.id()).orElseThrow();
        return changed(after, actor, "roles: " + before.rolesInWords() + " → " + after.rolesInWords());
    }

    /** Deactivates someone, who is out at the next click, or lets them in again. */
    @Transactional
    public Outcome setActive(Person before, boolean active, String actor) {
        if (!active && isLastAdministrator(before)) {
            return new Outcome.LastAdministrator();
        }
        jdbc.sql("update staff_member set active = ? where id = ?")
                .params(active, before.id())
                .update();
        return changed(find(before.id()).orElseThrow(), actor, active ? "activated" : "deactivated");
    }

    /** Gives a new password, which ends every session of the old one. */
    @Transactional
    public Outcome resetPassword(Person person, String actor) {
        var password = generate();
        setPassword(person, password);
        changed(person, actor, "new password given by an administrator");
        return new Outcome.NewPassword(person, password);
    }

    /** Whether this is the person's password now. */
    public boolean isPassword(Person person, String password) {
        var hash = jdbc.sql("select password_hash from staff_member where id = ?")
                .param(person.id())
                .query(String.class)
                .single();
        return encoder.matches(password, hash);
    }

    @Transactional
    public Outcome changePassword(Person person, String password, String actor) {
        setPassword(person, password);
        return changed(person, actor, "password changed");
    }

    private void setPassword(Person person, String password) {
        jdbc.sql("update staff_member set password_hash = ? where id = ?")
                .params(encoder.encode(password), person.id())
                .update();
    }

    private Outcome changed(Person person, String actor, String detail) {
        events.publishEvent(new StaffEvent(actor, Kind.CORRECTED, Long.toString(person.id()), detail));
        return new Outcome.Changed(person);
    }

    /** Locks all administrators, so that two of them can't take the role from each other at the same moment. */
    private boolean isLastAdministrator(Person person) {
        var administrators = jdbc.sql("""
                        select id from staff_member where active and 'ADMINISTRATOR' = any(roles) order by id for update
                        """).query(Long.class).list();
        return administrators.equals(List.of(person.id()));
    }

    private String generate() {
        return IntStream.range(0, GENERATED_GROUPS)
                .mapToObj(_ -> random.ints(GENERATED_GROUP_CHARS, 0, LETTERS.length())
                        .mapToObj(i -> String.valueOf(LETTERS.charAt(i)))
                        .collect(Collectors.joining()))
                .collect(Collectors.joining("-"));
    }

    private static String[] names(Set<Role> roles) {
        return roles.stream().sorted().map(Role::name).toArray(String[]::new);
    }

    private static Person read(ResultSet row, int number) throws SQLException {
        return new Person(
                row.getLong("id"),
                row.getString("username"),
                row.getString("name"),
                row.getString("email"),
                StaffUsers.roles(row.getArray("roles")),
                row.getBoolean("active"));
    }
}
