package org.postbag.console.reaching;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
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

    private final JdbcClient jdbc;
    private final MasterKey key;
    private final Clock clock;
    /** As it was when it was last looked at; null before. */
    private @Nullable Map<String, Sealed> known;

    VaultSecrets(JdbcClient jdbc, MasterKey key, Clock clock) {
        this.jdbc = jdbc;
        this.key = key;
        this.clock = clock;
    }

    /**
     * A secret as it is kept.
     *
     * @param number another one whenever the value is given anew
     * @param by the member of staff, as in the audit trail
     */
    record Kept(String name, long number, Instant changedAt, String by) {}

    private record Sealed(byte[] bytes, Kept kept) {}

    @Override
    public String title() {
        return "the console";
    }

    @Override
    public Optional<String> resolve(String name) {
        return Optional.ofNullable(known().get(name)).flatMap(kept -> open(name, kept.bytes()));
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
                            set sealed = excluded.sealed, changed_at = excluded.changed_at, changed_by = excluded.changed_by, number = excluded.number
                        """)
                .param("name", name)
                .param("sealed", seal(name, value))
                .param("at", clock.instant().toString())
                .param("by", by)
                .update();
    }

    /** Likewise. False where there was none. */
    boolean remove(String name) {
        return jdbc.sql("delete from secret where name = ?").param(name).update() > 0;
    }

    /** The numbers of the values. What another node changed is known here from then on. */
    @Override
    public synchronized Map<String, String> marks() {
        var marks = new TreeMap<String, String>();
        jdbc.sql("select name, number from secret").query(row -> {
            marks.put(row.getString("name"), row.getString("number"));
        });
        if (!marks.equals(marks(known()))) {
            known = read();
        }
        return marks(known());
    }

    private static Map<String, String> marks(Map<String, Sealed> all) {
        var marks = new TreeMap<String, String>();
        all.forEach((name, one) -> marks.put(name, Long.toString(one.kept().number())));
        return marks;
    }

    private synchronized Map<String, Sealed> known() {
        if (known == null) {
            try {
                known = read();
            } catch (DataAccessException away) {
                LOG.debug("The database is away: no secrets of the console are known yet", away);
                return Map.of();
            }
        }
        return known;
    }

    private Map<String, Sealed> read() {
        var all = new HashMap<String, Sealed>();
        jdbc.sql("select name, sealed, number, changed_at, changed_by from secret")
                .query(row -> {
                    var name = row.getString("name");
                    var at = row.getTimestamp("changed_at").toInstant();
                    var kept = new Kept(name, row.getLong("number"), at, row.getString("changed_by"));
                    all.put(name, new Sealed(row.getBytes("sealed"), kept));
                });
        return all;
    }

    private byte[] seal(String name, String value) {
        var bytes = value.getBytes(UTF_8);
        var sealed = new ByteArrayOutputStream();
        try (var out = key.sealing(sealed, bytes.length, associated(name))) {
            out.write(bytes);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return sealed.toByteArray();
    }

    private Optional<String> open(String name, byte[] sealed) {
        try (var in = key.opening(new ByteArrayInputStream(sealed), associated(name))) {
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
