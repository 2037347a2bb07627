package org.postbag.contacts;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.postbag.contacts.matching.Field;
import org.postbag.contacts.matching.Traits;
import org.postbag.contacts.matching.WrittenNames;
import org.postbag.normalising.EmailAddress;
import org.postbag.normalising.Telephone;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Reads what contacts are compared by: their names, the identifiers they use, what they said about themselves, and where public lists say that they are. A
 * mailbox that several people write from tells nothing of which of them it was, so it isn't compared; nor is what was retired or dismissed.
 */
@Component
class ContactTraits {

    /** Of what a contact claimed, only the latest is compared. */
    private static final int CLAIMS_MAX = 40;

    private static final int NAMES_MAX = 100;

    /** One statement for all that is known: one contact is asked for as often as many. */
    private static final String KNOWN = """
            with shown as (select distinct coalesce(merged_into, id) as id from contact where id = any(:ids::bigint[])),
            member as (
                select s.id as shown, c.* from shown s cross join lateral (
                    select * from contact where id = s.id union all select * from contact where merged_into = s.id) c
                where c.erased_at is null)
            select shown, id, 1 as part, case when kind = 'organisation' or shared_mailbox then 'mailbox' else 'person' end as what, name as value,
                false as verified, id as place
            from member
            union all
            select shown, id, 2, 'name', n.value, false, n.place
            from member cross join lateral (values (1, listed_name), (2, given_name), (3, claimed_name)) n(place, value)
            where kind <> 'organisation' and not shared_mailbox and n.value is not null
            union all
            select shown, id, 3, 'organisation', organisation, false, 0 from member where organisation is not null
            union all
            select m.shown, m.id, 4, i.kind, i.value, u.verified_at is not null, i.id
            from member m join identifier_use u on u.contact_id = m.id join identifier i on i.id = u.identifier_id
            where u.state <> 'retired' and not (i.kind = 'email' and (u.state = 'shared' or m.shared_mailbox))
            union all
            select m.shown, m.id, 5, 'claim ' || c.kind, c.value, false, -c.id
            from member m cross join lateral (
                select id, kind, value from claim where contact_id = m.id and state <> 'dismissed' order by id desc limit :claims) c
            union all
            select m.shown, m.id, 6, 'claim postcode', s.says ->> 'postcode', false, e.id
            from member m join register_entry e on e.contact_id = m.id cross join lateral (
                select says from register_sighting where entry_id = e.id order by seen_on desc, received_at desc limit 1) s
            where s.says ->> 'postcode' is not null
            union all
            select m.shown, m.id, 7, 'written', n.from_name, false, 0
            from member m join review r on r.matter = 'name-differs' and r.subject_key = 'contact:' || m.id and not 'writers' = any(m.staff_set) cross join lateral (
                select distinct from_name from enquiry e
                where e.contact_id = m.id and e.direction = 'inbound' and e.from_name is not null limit :names) n
            order by shown, part, id, place
            """;

    private final JdbcClient jdbc;

    ContactTraits(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** One thing that is known of a contact. */
    private record Known(long shown, long id, String what, String value, boolean verified) {}

    /**
     * By the contact under which each is shown, in order of id: what is known of all that are one with it. Not of erased ones.
     *
     * @param contactIds any of those that are one
     */
    Map<Long, Traits> of(Collection<Long> contactIds) {
        if (contactIds.isEmpty()) {
            return Map.of();
        }
        var known = jdbc.sql(KNOWN)
                .param("ids", contactIds.toArray(Long[]::new))
                .param("claims", CLAIMS_MAX)
                .param("names", NAMES_MAX)
                .query((row, n) -> new Known(
                        row.getLong("shown"),
                        row.getLong("id"),
                        row.getString("what"),
                        row.getString("value") == null ? "" : row.getString("value"),
                        row.getBoolean("verified")))
                .list();
        var shared = sharedByNames(known);
        var builders = new TreeMap<Long, Traits.Builder>();
        for (var one : known) {
            add(builders.computeIfAbsent(one.shown(), _ -> Traits.builder()), one, shared);
        }
        var traits = new LinkedHashMap<Long, Traits>();
        builders.forEach((id, builder) -> traits.put(id, builder.build()));
        return traits;
    }

    /** Those from whose address several people write by their names, of those where names were seen to differ. */
    private static Set<Long> sharedByNames(List<Known> known) {
        var names = new HashMap<Long, List<String>>();
        for (var one : known) {
            if (one.what().equals("written")) {
                names.computeIfAbsent(one.id(), _ -> new ArrayList<>()).add(one.value());
            }
        }
        names.values().removeIf(written -> !WrittenNames.severalPeople(written));
        return new HashSet<>(names.keySet());
    }

    private static void add(Traits.Builder builder, Known one, Set<Long> shared) {
        var value = one.value();
        switch (one.what()) {
            case "mailbox" -> builder.organisation().add(Field.ORGANISATION, value);
            case "person", "name", "claim name" -> {
                if (NameKey.of(value) != null) {
                    builder.add(Field.FULL_NAME, value);
                }
            }
            case "email" -> {
                if (shared.contains(one.id())) {
                    return;
                }
                if (one.verified()) {
                    builder.verified(value);
                } else {
                    builder.add(Field.EMAIL, value);
                }
            }
            case "telephone" -> builder.add(Field.TELEPHONE, value);
            case "handle" -> builder.add(Field.HANDLE, value);
            case "postal" -> builder.add(Field.STREET, value);
            case "register" -> builder.add(Field.NATIONAL_ID, value);
            case "claim email" ->
                EmailAddress.parse(value)
                        .ifPresent(
                                a -> builder.add(Field.EMAIL, Identifier.of(a).value()));
            case "claim telephone" ->
                Telephone.parse(value)
                        .ifPresent(n ->
                                builder.add(Field.TELEPHONE, Identifier.of(n).value()));
            case "claim postcode" -> builder.add(Field.POSTCODE, value);
            case "organisation", "claim organisation" -> builder.add(Field.ORGANISATION, value);
            default -> {
                // A location is a whole town's, and a handle as somebody typed it isn't the platform's.
            }
        }
    }
}
