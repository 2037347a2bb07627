package org.postbag.staff.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postbag.staff.Role;
import org.postbag.staff.Scope;
import org.postbag.staff.StaffMember;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Tokens for the API. A token is 32 random bytes; only its SHA-256 is kept, which suffices since it can't be guessed. */
@Component
class ApiTokens {

    private static final int TOKEN_BYTES = 32;
    /** A token that is used all the time is not written all the time. */
    private static final Duration USE_KEPT_TO = Duration.ofMinutes(1);

    private final JdbcClient jdbc;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    ApiTokens(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Who bears a token.
     *
     * @param scopes what it may be used for; null: all that its roles may
     */
    record Bearer(
            long id,
            StaffMember member,
            @Nullable Set<Scope> scopes,
            @Nullable Instant lastUsedAt) {

        boolean may(String method, String path) {
            return scopes == null
                    || ApiScopes.of(method, path).filter(scopes::contains).isPresent();
        }
    }

    /**
     * A named job, or a member of staff who is still active, with no more roles than both the token and the person have now: a role taken away counts from
     * the next call.
     */
    Optional<Bearer> bearer(String token) {
        var now = clock.instant();
        var found = jdbc.sql("""
                        select t.id, t.job, t.roles, t.scopes, t.last_used_at, s.username, s.name, s.roles as staff_roles
                        from api_token t left join staff_member s on s.id = t.staff_member_id
                        where t.token_hash = ? and t.revoked_at is null and (t.expires_at is null or t.expires_at > ?::timestamptz)
                            and (t.job is not null or s.active)
                        """)
                .params(hash(token), now.toString())
                .query(ApiTokens::read)
                .optional();
        found.ifPresent(bearer -> used(bearer, now));
        return found;
    }

    private void used(Bearer bearer, Instant now) {
        var before = bearer.lastUsedAt();
        if (before == null || before.isBefore(now.minus(USE_KEPT_TO))) {
            jdbc.sql("update api_token set last_used_at = ?::timestamptz where id = ?")
                    .params(now.toString(), bearer.id())
                    .update();
        }
    }

    /** Makes a token for a job of the program's own and takes back all that the job had before. The answer is the only place where it can be read. */
    String issue(String job, Set<Role> roles) {
        jdbc.sql("update api_token set revoked_at = now() where job = ? and revoked_at is null")
                .param(job)
                .update();
        var token = generate();
        jdbc.sql("insert into api_token (token_hash, job, roles) values (?, ?, ?::text[])")
                .params(hash(token), job, roles.stream().map(Role::name).toArray(String[]::new))
                .update();
        return token;
    }

    String generate() {
        var bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static Bearer read(ResultSet row, int number) throws SQLException {
        var codes = row.getArray("scopes");
        var scopes = codes == null ? null : Scope.of((String[]) codes.getArray());
        var used = row.getObject("last_used_at", OffsetDateTime.class);
        return new Bearer(row.getLong("id"), member(row, scopes), scopes, used == null ? null : used.toInstant());
    }

    private static StaffMember member(ResultSet row, @Nullable Set<Scope> scopes) throws SQLException {
        var roles = StaffUsers.roles(row.getArray("roles"));
        var job = row.getString("job");
        if (job != null) {
            return new StaffMember("job:" + job, job, scopes == null ? roles : rolesOf(scopes));
        }
        var now = StaffUsers.roles(row.getArray("staff_roles"));
        if (scopes == null) {
            now.retainAll(roles);
        }
        return new StaffMember("staff:" + row.getString("username"), row.getString("name"), now);
    }

    private static Set<Role> rolesOf(Set<Scope> scopes) {
        return scopes.stream()
                .filter(Scope::isForJobs)
                .map(Scope::jobRole)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Role.class)));
    }

    static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
