package org.postbag.contacts;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postbag.audit.Action;
import org.postbag.audit.AuditEvent;
import org.postbag.audit.Subject;
import org.postbag.retention.Category;
import org.postbag.staff.UkTime;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Makes locked contacts what the latest sighting of their entries says, but for what staff set. */
final class ListedContacts {

    private final JdbcClient jdbc;

    ListedContacts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What a list can say of a contact. */
    private record Says(
            @Nullable String name,
            String kind,
            String category,
            @Nullable String organisation) {}

    /**
     * A contact and what lists say of it.
     *
     * @param listed the name by lists so far, and {@code lastSeen} when it was last seen in one
     * @param now by its entries' latest sighting; what holds without one where it has none
     * @param from the source that says so, null where it has no entry
     */
    private record Row(
            long id,
            Says is,
            @Nullable String listed,
            @Nullable Instant lastSeen,
            boolean nameByStaff,
            @Nullable String itemName,
            Set<String> staffSet,
            Says now,
            @Nullable String from,
            @Nullable LocalDate seen) {

        Says taken() {
            return new Says(
                    nameByStaff ? is.name : now.name == null ? itemName : now.name,
                    staffSet.contains("kind") ? is.kind : now.kind,
                    staffSet.contains("category") ? is.category : now.category,
                    staffSet.contains("organisation") ? is.organisation : now.organisation);
        }

        @Nullable
        Instant seenAt() {
            return seen == null ? null : seen.atStartOfDay(UkTime.ZONE).toInstant();
        }

        boolean isChanged() {
            return !taken().equals(is) || !Objects.equals(listed, now.name) || !Objects.equals(lastSeen, seenAt());
        }
    }

    /** Since when, and from where, contacts are known whose earliest sighting went with its entry to another contact: by what they have left. */
    void forgetWhatWent(Collection<Long> contactIds) {
        var went = jdbc.sql("""
                        select c.id from contact c
                        join register_sighting s on s.receipt_id = c.known_by
                        join register_entry e on e.id = s.entry_id
                        where c.id = any(:ids::bigint[]) and e.contact_id <> c.id
                        """)
                .param("ids", contactIds.toArray(Long[]::new))
                .query((row, n) -> row.getLong(1))
                .list();
        if (went.isEmpty()) {
            return;
        }
        jdbc.sql("""
                        update contact c set created_at = first.received_at, known_by = first.receipt_id, source = first.source,
                            item_name = case when c.claimed_by = first.receipt_id then c.claimed_name else c.given_name end
                        from (
                            select distinct on (contact_id) contact_id, received_at, receipt_id, source from (
                                select contact_id, received_at, receipt_id, channel as source
                                from enquiry where contact_id = any(:ids::bigint[]) and direction = 'inbound'
                                union all
                                select e.contact_id, s.received_at, s.receipt_id, l.source
                                from register_entry e
                                join register_sighting s on s.entry_id = e.id
                                join register_list l on l.id = s.list_id
                                where e.contact_id = any(:ids::bigint[])) of_contact
                            order by contact_id, received_at, receipt_id) first
                        where c.id = first.contact_id
                        """).param("ids", went.toArray(Long[]::new)).update();
    }

    /** @return the changes of contacts that were there before, for the trail */
    List<AuditEvent> takeWhatListsSay(Collection<Long> contactIds, Set<Long> newIds) {
        var changed = rows(contactIds).stream().filter(Row::isChanged).toList();
        jdbc.sql("""
                        update contact c set listed_name = k.listed, last_seen_at = k.seen::timestamptz, name = k.name, kind = k.kind, category = k.category,
                            organisation = k.organisation,
                            version = c.version + case when (c.name, c.kind, c.category, c.organisation)
                                is distinct from (k.name, k.kind, k.category, k.organisation) then 1 else 0 end
                        from unnest(:ids::bigint[], :listed::text[], :seen::text[], :names::text[], :kinds::text[], :categories::text[], :organisations::text[])
                            as k(id, listed, seen, name, kind, category, organisation)
                        where c.id = k.id
                        """)
                .param("ids", changed.stream().map(Row::id).toArray(Long[]::new))
                .param("listed", changed.stream().map(row -> row.now().name()).toArray(String[]::new))
                .param(
                        "seen",
                        changed.stream()
                                .map(row -> row.seenAt() == null
                                        ? null
                                        : row.seenAt().toString())
                                .toArray(String[]::new))
                .param("names", changed.stream().map(row -> row.taken().name()).toArray(String[]::new))
                .param("kinds", changed.stream().map(row -> row.taken().kind()).toArray(String[]::new))
                .param(
                        "categories",
                        changed.stream().map(row -> row.taken().category()).toArray(String[]::new))
                .param(
                        "organisations",
                        changed.stream().map(row -> row.taken().organisation()).toArray(String[]::new))
                .update();
        var events = new ArrayList<AuditEvent>();
        changed.stream().filter(row -> !newIds.contains(row.id())).forEach(row -> note(row, events));
        return events;
    }

    private static void note(Row row, List<AuditEvent> events) {
        var is = row.is();
        var taken = row.taken();
        var by = row.from() == null
                ? ", since its entries in public lists are another contact's"
                : ", by %s (seen on %s)".formatted(row.from(), UkTime.date(row.seen()));
        note(row, "Name" + by, is.name(), taken.name(), events);
        note(row, "Kind" + by, label(is.kind()), label(taken.kind()), events);
        note(row, "Category" + by, category(is.category()), category(taken.category()), events);
        note(row, "Organisation" + by, is.organisation(), taken.organisation(), events);
    }

    private static String label(String kind) {
        return Contact.Kind.of(kind).label();
    }

    private static String category(String code) {
        return Category.of(code).orElseThrow().label();
    }

    private static void note(
            Row row, String what, @Nullable String before, @Nullable String after, List<AuditEvent> events) {
        if (!Objects.equals(before, after)) {
            events.add(new AuditEvent(
                    JdbcListings.ACTOR, Action.CORRECTED, Subject.contact(row.id()), what, before, after));
        }
    }

    private List<Row> rows(Collection<Long> contactIds) {
        return jdbc.sql("""
                        with top as (
                            select distinct on (e.contact_id) e.contact_id, s.says, s.seen_on, l.source
                            from register_entry e
                            join register_sighting s on s.receipt_id = e.latest
                            join register_list l on l.id = s.list_id
                            where e.contact_id = any(:ids::bigint[])
                            order by e.contact_id, s.seen_on desc, s.received_at desc, s.receipt_id desc)
                        select c.id, c.name, c.kind, c.category, c.organisation, c.listed_name, c.last_seen_at, c.name_source, c.item_name, c.staff_set,
                            top.says ->> 'name' as says_name, coalesce(top.says ->> 'kind', 'person') as says_kind,
                            coalesce(top.says ->> 'category', 'public') as says_category, top.says ->> 'organisation' as says_organisation,
                            top.source as from_source, top.seen_on
                        from contact c left join top on top.contact_id = c.id
                        where c.id = any(:ids::bigint[]) order by c.id
                        """)
                .param("ids", contactIds.toArray(Long[]::new))
                .query((row, n) -> {
                    var lastSeen = row.getObject("last_seen_at", OffsetDateTime.class);
                    return new Row(
                            row.getLong("id"),
                            new Says(
                                    row.getString("name"),
                                    row.getString("kind"),
                                    row.getString("category"),
                                    row.getString("organisation")),
                            row.getString("listed_name"),
                            lastSeen == null ? null : lastSeen.toInstant(),
                            row.getString("name_source").equals("staff"),
                            row.getString("item_name"),
                            Set.of((String[]) row.getArray("staff_set").getArray()),
                            new Says(
                                    row.getString("says_name"),
                                    row.getString("says_kind"),
                                    row.getString("says_category"),
                                    row.getString("says_organisation")),
                            row.getString("from_source"),
                            row.getObject("seen_on", LocalDate.class));
                })
                .list();
    }

    /** Those of the contacts that have enquiries, whose words in the index follow. */
    List<Long> withEnquiries(Collection<Long> contactIds) {
        return jdbc.sql(
                        "select c.id from contact c where c.id = any(:ids::bigint[]) and exists (select from enquiry e where e.contact_id = c.id) order by c.id")
                .param("ids", contactIds.toArray(Long[]::new))
                .query((row, n) -> row.getLong(1))
                .list();
    }

    /**
     * A contact whose entries all went to another, and of which nothing else is known, is that other one. One that has enquiries, or that staff changed,
     * stays: they may be somebody else's.
     *
     * @param survivors where the entries went
     * @return for the trail
     */
    List<AuditEvent> joinEmptied(Collection<Long> contactIds, Map<Long, Long> survivors, Instant now) {
        var emptied = contactIds.stream().filter(survivors::containsKey).toArray(Long[]::new);
        if (emptied.length == 0) {
            return List.of();
        }
        var joined = jdbc.sql("""
                        with joined as (
                            update contact c set merged_into = coalesce(s.merged_into, s.id), version = c.version + 1
                            from unnest(:ids::bigint[], :survivors::bigint[]) as k(id, survivor) join contact s on s.id = k.survivor
                            where c.id = k.id and c.name_source <> 'staff' and c.staff_set = '{}'
                                and c.merged_into is null and s.merged_into is distinct from c.id
                                and not exists (select from register_entry e where e.contact_id = c.id)
                                and not exists (select from enquiry e where e.contact_id = c.id)
                                and not exists (select from identifier_use u where u.contact_id = c.id)
                            returning c.id, k.survivor)
                        insert into merge (survivor, merged, merged_by, merged_at, reason)
                        select survivor, id, :by, :now::timestamptz, 'Public lists give both the same address and whole name' from joined order by id
                        returning merged
                        """)
                .param("ids", emptied)
                .param(
                        "survivors",
                        java.util.Arrays.stream(emptied).map(survivors::get).toArray(Long[]::new))
                .param("by", JdbcListings.ACTOR)
                .param("now", now.toString())
                .query((row, n) -> row.getLong(1))
                .list();
        jdbc.sql(
                        "update contact m set merged_into = c.merged_into from contact c where m.merged_into = c.id and c.id = any(:ids::bigint[])")
                .param("ids", joined.toArray(Long[]::new))
                .update();
        return joined.stream()
                .map(id -> new AuditEvent(
                        JdbcListings.ACTOR,
                        Action.CORRECTED,
                        Subject.contact(id),
                        "Joined to contact %d: public lists give both the same address and whole name"
                                .formatted(survivors.get(id))))
                .toList();
    }
}
