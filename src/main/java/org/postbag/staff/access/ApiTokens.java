package org.postbag.staff.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import org.postbag.staff.Role;
import org.postbag.staff.StaffMember;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Tokens for the API. A token is 32 random bytes; only its SHA-256 is kept, which suffices since it can't be guessed. */
@Component
class ApiTokens {

    private static final int TOKEN_BYTES = 32;

    private final JdbcClient jdbc;
    private final SecureRandom random = new SecureRandom();

    ApiTokens(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Who bears a token: a named job, or a member of staff who is still active, with no more roles than both the token and the person have. */
    Optional<StaffMember> bearer(String token) {
        return jdbc.sql("""
                        select t.job, t.roles, s.username, s.name, s.roles as staff_roles
                        from api_token t left join staff_member s on s.id = t.staff_member_id
                        where t.token_hash = ? and t.revoked_at is null and (t.job is not null or s.active)
                        """).param(hash(token)).query(ApiTokens::read).optional();
    }

    /** Makes a token for a job and takes back all that the job had before. The answer is the only place where it can be read. */
    String issue(String job, Set<Role> roles) {
        jdbc.sql("update api_token set revoked_at = now() where job = ? and revoked_at is null")
                .param(job)
                .update();
        var bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        var token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        jdbc.sql("insert into api_token (token_hash, job, roles) values (?, ?, ?::text[])")
                .params(hash(token), job, roles.stream().map(Role::name).toArray(String[]::new))
                .update();
        return token;
    }

    private static StaffMember read(ResultSet row, int number) throws SQLException {
        var roles = StaffUsers.roles(row.getArray("roles"));
        var job = row.getString("job");
        if (job != null) {
            return new StaffMember("job:" + job, job, roles);
        }
        roles.retainAll(StaffUsers.roles(row.getArray("staff_roles")));
        return new StaffMember("staff:" + row.getString("username"), row.getString("name"), roles);
    }

    private static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
