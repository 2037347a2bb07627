package org.postbag.contacts;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.Connection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.postbag.contacts.matching.Field;
import org.postbag.contacts.matching.Keys;
import org.postbag.contacts.matching.MadeUpContacts;
import org.postbag.contacts.matching.Traits;
import org.postbag.normalising.Telephone;
import org.postgresql.PGConnection;

/** Made-up contacts in a program's database as filing leaves them, compared with each other or not. */
public final class KnownContacts {

    private static final int CHUNK = 20_000;

    private final int size;
    private final long seed;
    private final Map<String, StringBuilder> rows = new LinkedHashMap<>();
    private int made;

    public KnownContacts(int size, long seed) {
        this.size = size;
        this.seed = seed;
    }

    /** Contacts with a name, an address, a number and a claimed postcode each, as filing leaves them, and what they are found by. */
    public void fill(Connection owner) throws Exception {
        owner.setAutoCommit(false);
        try (var statement = owner.createStatement()) {
            // The rows are known to be whole, and need no looking up of what they refer to.
            statement.execute("set session_replication_role = replica");
        }
        new MadeUpContacts(size, seed).each((person, values) -> {
            add(values);
            if (made % CHUNK == 0) {
                copy(owner);
            }
        });
        copy(owner);
        owner.setAutoCommit(true);
        try (var statement = owner.createStatement()) {
            for (var table : List.of("contact", "identifier")) {
                statement.execute("select setval('%s_id_seq', %d)".formatted(table, made));
            }
            statement.execute("vacuum analyze");
            statement.execute("checkpoint");
        }
    }

    private void add(List<String> values) {
        made++;
        var name = (values.get(0) + " " + values.get(1)).strip();
        var email = values.get(3).isEmpty() ? "" : made + "." + values.get(3);
        var telephone = values.get(4);
        var postcode = values.get(7);
        row("contact (id, category, name, item_name, identified, source)", made, "public", name, name, "t", "email");
        var traits = Traits.builder().add(Field.FULL_NAME, name);
        if (!email.isEmpty()) {
            row("identifier (id, kind, value)", made, "email", email);
            row(
                    "identifier_use (identifier_id, contact_id, state, name_key, source, as_written, since)",
                    made,
                    made,
                    "sole",
                    "",
                    "receipt:0",
                    email,
                    "2026-01-01");
            traits.add(Field.EMAIL, email);
        }
        if (!telephone.isEmpty()) {
            row("claim (enquiry_id, contact_id, kind, value)", made, made, "telephone", telephone);
            Telephone.parse(telephone).ifPresent(number -> traits.add(Field.TELEPHONE, number.e164()));
        }
        if (!postcode.isEmpty()) {
            row("claim (enquiry_id, contact_id, kind, value)", made, made, "postcode", postcode);
            traits.add(Field.POSTCODE, postcode);
        }
        var known = traits.build();
        var keys = new TreeSet<>(Keys.of(known));
        for (var key : keys) {
            row("contact_key (key, contact_id)", key, made);
        }
        row(
                "contact_traits (contact_id, traits, keys)",
                made,
                String.join("\\n", known.lines()).replace("\t", "\\t"),
                keys.stream().map(String::valueOf).collect(Collectors.joining(",", "{", "}")));
    }

    private void row(String table, Object... values) {
        var text = rows.computeIfAbsent(table, _ -> new StringBuilder());
        for (int i = 0; i < values.length; i++) {
            text.append(i == 0 ? "" : "\t").append(values[i]);
        }
        text.append('\n');
    }

    private void copy(Connection owner) {
        try {
            for (var table : rows.entrySet()) {
                var bytes = table.getValue().toString().getBytes(UTF_8);
                var into =
                        owner.unwrap(PGConnection.class).getCopyAPI().copyIn("copy " + table.getKey() + " from stdin");
                into.writeToCopy(bytes, 0, bytes.length);
                into.endCopy();
            }
            owner.commit();
            rows.clear();
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
