package org.postbag.contacts;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.postbag.contacts.matching.Field;
import org.postbag.contacts.matching.Traits;
import org.postbag.contacts.matching.WrittenNames;
import org.postbag.normalising.EmailAddress;
import org.postbag.normalising.Telephone;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Reads what contacts are compared by: their names, the identifiers they use, and what they said about themselves. A mailbox that several people write from
 * tells nothing of which of them it was, so it isn't compared; nor is what was retired or dismissed.
 */
@Component
class ContactTraits {

    /** Of what a contact claimed, only the latest is compared. */
    private static final int CLAIMS_MAX = 40;

    private static final int NAMES_MAX = 100;

    private final JdbcClient jdbc;

    ContactTraits(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * By the contact under which each is shown, in order of id: what is known of all that are one with it. Not of erased ones.
     *
     * @param contactIds any of those that are one
     */
    Map<Long, Traits> of(Collection<Long> contactIds) {
        if (contactIds.isEmpty()) {
            return Map.of();
        }
        var builders = new TreeMap<Long, Traits.Builder>();
        var members = new HashMap<Long, Traits.Builder>();
        jdbc.sql("""
                        with shown as (select distinct coalesce(merged_into, id) as id from contact where id = any(:ids::bigint[]))
                        select c.id, s.id as shown, c.name, c.given_name, c.claimed_name, c.listed_name, c.organisation, c.kind, c.shared_mailbox
                        from shown s cross join lateral (
                            select * from contact where id = s.id union all select * from contact where merged_into = s.id) c
                        where c.erased_at is null
                        """).param("ids", contactIds.toArray(Long[]::new)).query(row -> {
            var builder = builders.computeIfAbsent(row.getLong("shown"), _ -> Traits.builder());
            names(builder, row);
            members.put(row.getLong("id"), builder);
        });
        identifiers(members);
        claims(members);
        listed(members);
        var traits = new LinkedHashMap<Long, Traits>();
        builders.forEach((id, builder) -> traits.put(id, builder.build()));
        return traits;
    }

    private void identifiers(Map<Long, Traits.Builder> members) {
        var ids = members.keySet().toArray(Long[]::new);
        var shared = sharedByNames(ids);
        jdbc.sql("""
                        select u.contact_id, i.kind, i.value, u.verified_at is not null as verified
                        from identifier_use u join identifier i on i.id = u.identifier_id join contact c on c.id = u.contact_id
                        where u.contact_id = any(:ids::bigint[]) and u.state <> 'retired'
                            and not (i.kind = 'email' and (u.state = 'shared' or c.shared_mailbox))
                        order by u.contact_id, u.since, i.value
                        """).param("ids", ids).query(row -> {
            if (!(row.getString("kind").equals("email") && shared.contains(row.getLong("contact_id")))) {
                add(members.get(row.getLong("contact_id")), row);
            }
        });
    }

    private void claims(Map<Long, Traits.Builder> members) {
        jdbc.sql("""
                        select c.contact_id, c.kind, c.value
                        from unnest(:ids::bigint[]) as k(id)
                        cross join lateral (
                            select contact_id, kind, value from claim where contact_id = k.id and state <> 'dismissed'
                            order by id desc limit :limit) c
                        """)
                .param("ids", members.keySet().toArray(Long[]::new))
                .param("limit", CLAIMS_MAX)
                .query(row -> {
                    claim(members.get(row.getLong("contact_id")), row.getString("kind"), row.getString("value"));
                });
    }

    /** Those from whose address several people write by their names, of those where names were seen to differ. */
    private Set<Long> sharedByNames(Long[] ids) {
        var names = new HashMap<Long, List<String>>();
        jdbc.sql("""
                        select r.contact_id, n.from_name
                        from review r cross join lateral (
                            select distinct from_name from enquiry e
                            where e.contact_id = r.contact_id and e.direction = 'inbound' and e.from_name is not null limit :limit) n
                        where r.matter = 'name-differs' and r.contact_id = any(:ids::bigint[])
                        """).param("ids", ids).param("limit", NAMES_MAX).query(row -> {
            names.computeIfAbsent(row.getLong(1), id -> new ArrayList<>()).add(row.getString(2));
        });
        names.values().removeIf(written -> !WrittenNames.severalPeople(written));
        return names.keySet();
    }

    /** Where public lists say that they live or work, as last seen. */
    private void listed(Map<Long, Traits.Builder> members) {
        jdbc.sql("""
                        select e.contact_id, s.says ->> 'postcode' as postcode
                        from register_entry e cross join lateral (
                            select says from register_sighting where entry_id = e.id order by seen_on desc, received_at desc limit 1) s
                        where e.contact_id = any(:ids::bigint[]) and s.says ->> 'postcode' is not null
                        """).param("ids", members.keySet().toArray(Long[]::new)).query(row -> {
            var member = members.get(row.getLong("contact_id"));
            if (member != null) {
                member.add(Field.POSTCODE, row.getString("postcode"));
            }
        });
    }

    private static void names(Traits.Builder builder, ResultSet row) throws SQLException {
        builder.add(Field.ORGANISATION, row.getString("organisation"));
        if (row.getBoolean("shared_mailbox") || row.getString("kind").equals("organisation")) {
            builder.organisation().add(Field.ORGANISATION, row.getString("name"));
            return;
        }
        for (var name : new String[] {"name", "listed_name", "given_name", "claimed_name"}) {
            if (NameKey.of(row.getString(name)) != null) {
                builder.add(Field.FULL_NAME, row.getString(name));
            }
        }
    }

    private static void add(Traits.@Nullable Builder builder, ResultSet row) throws SQLException {
        if (builder == null) {
            return;
        }
        var value = row.getString("value");
        switch (IdentifierKind.of(row.getString("kind"))) {
            case EMAIL -> {
                if (row.getBoolean("verified")) {
                    builder.verified(value);
                } else {
                    builder.add(Field.EMAIL, value);
                }
            }
            case TELEPHONE -> builder.add(Field.TELEPHONE, value);
            case HANDLE -> builder.add(Field.HANDLE, value);
            case POSTAL -> builder.add(Field.STREET, value);
            case REGISTER -> builder.add(Field.NATIONAL_ID, value);
        }
    }

    private static void claim(Traits.@Nullable Builder builder, String kind, String value) {
        if (builder == null) {
            return;
        }
        switch (kind) {
            case "name" -> builder.add(Field.FULL_NAME, value);
            case "email" ->
                EmailAddress.parse(value)
                        .ifPresent(
                                a -> builder.add(Field.EMAIL, Identifier.of(a).value()));
            case "telephone" ->
                Telephone.parse(value)
                        .ifPresent(n ->
                                builder.add(Field.TELEPHONE, Identifier.of(n).value()));
            case "postcode" -> builder.add(Field.POSTCODE, value);
            case "organisation" -> builder.add(Field.ORGANISATION, value);
            default -> {
                // A location is a whole town's, and a handle as somebody typed it isn't the platform's.
            }
        }
    }
}
