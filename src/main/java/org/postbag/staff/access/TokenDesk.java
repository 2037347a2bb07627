package org.postbag.staff.access;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postbag.staff.Scope;
import org.postbag.staff.StaffEvent;
import org.postbag.staff.StaffEvent.Kind;
import org.postbag.staff.StaffMember;
import org.postbag.staff.StaffTexts;
import org.postbag.staff.access.StaffDirectory.Person;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Tokens for the API as they are made, listed and ended. An administrator makes them for jobs and for other members, with scopes that show nothing
 * personal; a scope that does is put into a token by its owner alone, with the owner's password. Each is recorded.
 */
@Component
public class TokenDesk {

    public static final int NAME_CHARS_MAX = 80;
    /** For how many days a token can be made. */
    public static final List<Integer> DAYS = List.of(7, 30, 90, 365);

    private static final int SHOWN_MAX = 200;
    private static final String JOB = "[a-z][a-z0-9-]{1,39}";
    /** Jobs of the program itself have other names, so that nobody acts under one of these. */
    private static final String JOB_PREFIX = "api-";

    private final JdbcClient jdbc;
    private final ApiTokens tokens;
    private final StaffDirectory directory;
    private final SignInThrottle throttle;
    private final ApplicationEventPublisher events;
    private final Clock clock;
    private final StaffTexts texts;

    TokenDesk(
            JdbcClient jdbc,
            ApiTokens tokens,
            StaffDirectory directory,
            SignInThrottle throttle,
            ApplicationEventPublisher events,
            Clock clock,
            StaffTexts texts) {
        this.jdbc = jdbc;
        this.tokens = tokens;
        this.directory = directory;
        this.throttle = throttle;
        this.events = events;
        this.clock = clock;
        this.texts = texts;
    }

    /**
     * A token as it is listed.
     *
     * @param owner the member's name, or the job as the trail names it
     * @param scopes null: made by the program itself, all that its roles may
     * @param state {@code in use}, {@code ended} or {@code expired}
     */
    public record Token(
            long id,
            String name,
            String owner,
            @Nullable Long ownerId,
            @Nullable Set<Scope> scopes,
            Instant madeAt,
            @Nullable Instant expiresAt,
            @Nullable Instant lastUsedAt,
            String state) {

        public boolean isInUse() {
            return state.equals("in use");
        }
    }

    /** What is asked for: a token of a job, or of a member of staff. */
    public record Asked(
            String name, @Nullable String job, @Nullable Person member, Set<Scope> scopes, int days) {}

    /** What became of it. */
    public sealed interface Made {

        /** @param token to be shown this once */
        record Done(long id, String token) implements Made {}

        /** @param field what is wrong with: {@code name}, {@code job}, {@code scopes} or {@code days} */
        record Refused(String field, String why) implements Made {}
    }

    public static boolean isJob(String typed) {
        return typed.matches(JOB);
    }

    /** Whether it is the person's password; too many that are not, and none is looked at for a while. */
    public boolean isPassword(Person person, String password, String address) {
        if (!throttle.mayTry(person.username(), address)) {
            return false;
        }
        if (directory.isPassword(person, password)) {
            throttle.succeeded(person.username(), address);
            return true;
        }
        return false;
    }

    @Transactional
    public Made make(Asked asked, StaffMember maker) {
        var wrong = refusal(asked, maker);
        if (wrong.isPresent()) {
            return wrong.get();
        }
        var token = tokens.generate();
        var until = clock.instant().plus(Duration.ofDays(asked.days()));
        var member = asked.member();
        var job = asked.job();
        var owner = member == null ? null : member.id();
        long id = jdbc.sql("""
                        insert into api_token (token_hash, staff_member_id, job, name, scopes, made_by, expires_at)
                        values (:hash, :member, :job, :name, :scopes::text[], :by, :until::timestamptz) returning id
                        """)
                .param("hash", ApiTokens.hash(token))
                .param("member", owner)
                .param("job", job == null ? null : JOB_PREFIX + job)
                .param("name", asked.name())
                .param("scopes", asked.scopes().stream().map(Scope::code).toArray(String[]::new))
                .param("by", maker.actor())
                .param("until", until.toString())
                .query(Long.class)
                .single();
        record(
                maker.actor(),
                owner,
                "API token " + id + " made for " + (job == null ? "the member" : "job:" + JOB_PREFIX + job) + ": "
                        + asked.scopes().stream().map(Scope::code).collect(Collectors.joining(", ")) + "; for "
                        + asked.days() + " days",
                asked.name());
        return new Made.Done(id, token);
    }

    private Optional<Made> refusal(Asked asked, StaffMember maker) {
        if (asked.name().isBlank() || asked.name().length() > NAME_CHARS_MAX) {
            return refused("name", "tokens.wrong.name", NAME_CHARS_MAX);
        }
        if (!DAYS.contains(asked.days())) {
            return refused("days", "tokens.wrong.days");
        }
        if (asked.scopes().isEmpty()) {
            return refused("scopes", "tokens.wrong.scopes");
        }
        var member = asked.member();
        if (member == null) {
            var job = asked.job();
            if (job == null || !isJob(job)) {
                return refused("job", "tokens.wrong.job");
            }
            return firstNot(asked, Scope::isForJobs)
                    .flatMap(scope -> refused("scopes", "tokens.wrong.for-people", scope.code()));
        }
        var beyond = firstNot(asked, scope -> scope.isFor(member.roles()));
        if (beyond.isPresent()) {
            return refused(
                    "scopes",
                    "tokens.wrong.beyond-roles",
                    member.name(),
                    beyond.get().code());
        }
        boolean own = maker.actor().equals("staff:" + member.username());
        return own
                ? Optional.empty()
                : firstNot(asked, scope -> !scope.showsContent())
                        .flatMap(scope -> refused("scopes", "tokens.wrong.content", scope.code(), member.name()));
    }

    private static Optional<Scope> firstNot(Asked asked, Predicate<Scope> may) {
        return asked.scopes().stream().sorted().filter(may.negate()).findFirst();
    }

    private Optional<Made> refused(String field, String key, Object... values) {
        return Optional.of(new Made.Refused(field, texts.say(key, values)));
    }

    /** The newest first, those in use before the others. */
    public List<Token> all() {
        return list("", null);
    }

    public List<Token> ofMember(long staffId) {
        return list("where t.staff_member_id = :owner ", staffId);
    }

    private List<Token> list(String where, @Nullable Long owner) {
        var now = clock.instant();
        return jdbc.sql("""
                        select t.*, s.name as owner_name from api_token t left join staff_member s on s.id = t.staff_member_id
                        """ + where
                        + " order by t.revoked_at is null and (t.expires_at is null or t.expires_at > now()) desc, t.id desc limit "
                        + SHOWN_MAX)
                .param("owner", owner)
                .query((row, n) -> token(row, now))
                .list();
    }

    public Optional<Token> find(long id) {
        return all().stream().filter(token -> token.id() == id).findFirst();
    }

    /** Ends a token at once; false where it is at its end already. */
    @Transactional
    public boolean end(long id, String actor) {
        var owner = jdbc.sql("""
                        update api_token set revoked_at = :now::timestamptz, revoked_by = :by where id = :id and revoked_at is null
                        returning coalesce(staff_member_id, 0)
                        """)
                .param("now", clock.instant().toString())
                .param("by", actor)
                .param("id", id)
                .query(Long.class)
                .optional();
        owner.ifPresent(one -> record(actor, one == 0 ? null : one, "API token " + id + " ended", null));
        return owner.isPresent();
    }

    private void record(String actor, @Nullable Long owner, String detail, @Nullable String name) {
        events.publishEvent(new StaffEvent(
                actor, Kind.CORRECTED, owner == null ? "unknown" : Long.toString(owner), detail, null, name));
    }

    private static Token token(ResultSet row, Instant now) throws SQLException {
        var job = row.getString("job");
        long ownerId = row.getLong("staff_member_id");
        boolean hasOwner = !row.wasNull();
        var codes = row.getArray("scopes");
        var name = row.getString("name");
        var expires = moment(row, "expires_at");
        boolean ended = row.getObject("revoked_at") != null;
        return new Token(
                row.getLong("id"),
                name == null ? "Made by Postbag itself" : name,
                job == null ? row.getString("owner_name") : "job:" + job,
                hasOwner ? ownerId : null,
                codes == null ? null : Scope.of((String[]) codes.getArray()),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                expires,
                moment(row, "last_used_at"),
                ended ? "ended" : expires != null && !expires.isAfter(now) ? "expired" : "in use");
    }

    private static @Nullable Instant moment(ResultSet row, String column) throws SQLException {
        var at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }

    /** Scopes that a form names; unknown ones are left out. */
    public static Set<Scope> scopes(@Nullable List<String> codes) {
        var scopes = EnumSet.noneOf(Scope.class);
        if (codes != null) {
            codes.forEach(code -> Scope.of(code).ifPresent(scopes::add));
        }
        return scopes;
    }

    /** The scopes that a member's own roles may have. */
    public static List<Scope> forMember(StaffMember member) {
        return Arrays.stream(Scope.values())
                .filter(scope -> scope.isFor(member.roles()))
                .toList();
    }
}
