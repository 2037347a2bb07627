package org.postbag.console.reaching;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.postbag.receiving.MasterKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Profile;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Secrets that staff gave in the console, in the database, each sealed under a key of its own which the master key wraps, as raw items are. They are kept in
 * memory as they are sealed, so that routes go on while the database is away, and opened only for who asks.
 */
@Component
@Profile("!command")
class VaultSecrets implements SecretSource {

    private static final Logger LOG = LoggerFactory.getLogger(VaultSecrets.class);
    /** How long another node's change may take to be known here. */
    private static final Duration KNOWN_FOR = Duration.ofSeconds(5);

    private final JdbcClient jdbc;
    private final MasterKey key;
    private final Clock clock;
    private Map<String, Sealed> known = Map.of();
    private Instant knownAt = Instant.MIN;

    VaultSecrets(JdbcClient jdbc, MasterKey key, Clock clock) {
        this.jdbc = jdbc;
        this.key = key;
        this.clock = clock;
    }

    /**
     * A secret as it is kept.
     *
     * @param by the member of staff, as in the audit trail
     */
    record Kept(String name, Instant changedAt, String by) {}

    private record Sealed(byte[] bytes, Kept kept) {}

    @Override
    public String title() {
        return "the console";
    }

    @Override
    public Optional<String> resolve(String name) {
        return Optional.ofNullable(known().get(name)).flatMap(one -> open(name, one.bytes()));
    }

    @Override
    public List<String> names() {
        return List.copyOf(new TreeSet<>(known().keySet()));
    }

    Optional<Kept> kept(String name) {
        return Optional.ofNullable(known().get(name)).map(Sealed::kept);
    }

    /** Takes part in the caller's transaction. */
    void put(String name, String value, String by) {
        jdbc.sql("""
                        insert into secret (name, sealed, changed_at, changed_by) values (:name, :sealed, :at::timestamptz, :by)
                        on conflict (name) do update
                            set sealed = excluded.sealed, changed_at = excluded.changed_at, changed_by = excluded.changed_by
                        """)
                .param("name", name)
                .param("sealed", seal(name, value))
                .param("at", clock.instant().toString())
                .param("by", by)
                .update();
    }

    /** Likewise. */
    void remove(String name) {
        jdbc.sql("delete from secret where name = ?").param(name).update();
    }

    /** What was changed holds here at once. */
    synchronized void changed() {
        knownAt = Instant.MIN;
    }

    private synchronized Map<String, Sealed> known() {
        var now = clock.instant();
        if (knownAt.isAfter(now) || knownAt.isBefore(now.minus(KNOWN_FOR))) {
            try {
                known = read();
            } catch (DataAccessException away) {
                LOG.debug("The database is away: secrets are those that were known", away);
            }
            knownAt = now;
        }
        return known;
    }

    private Map<String, Sealed> read() {
        var all = new HashMap<String, Sealed>();
        jdbc.sql("select name, sealed, changed_at, changed_by from secret").query(row -> {
            var name = row.getString("name");
            var at = row.getTimestamp("changed_at").toInstant();
            all.put(name, new Sealed(row.getBytes("sealed"), new Kept(name, at, row.getString("changed_by"))));
        });
        return all;
    }

    private byte[] seal(String name, String value) {
        var bytes = value.getBytes(UTF_8);
        var out = new ByteArrayOutputStream();
        try (var sealing = key.sealing(out, bytes.length, associated(name))) {
            sealing.write(bytes);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }

    private Optional<String> open(String name, byte[] bytes) {
        try (var in = key.opening(new ByteArrayInputStream(bytes), associated(name))) {
            return Optional.of(new String(in.readAllBytes(), UTF_8));
        } catch (IOException damaged) {
            LOG.error("The secret {} can't be opened: it is damaged, or was sealed under another master key", name);
            return Optional.empty();
        }
    }

    /** So that no row can stand in for another, nor for a raw item. */
    private static byte[] associated(String name) {
        return ("secret " + name).getBytes(UTF_8);
    }
}
