package org.postbag.contacts;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postbag.normalising.Automatic;
import org.postbag.normalising.EmailAddress;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Makes locked contacts what the items that they have now say, as filing would have it had only these come: after some were erased, or moved to another
 * contact. The trail doesn't say what they were called before: it may be another's name.
 */
@Component
class Recount {

    private final JdbcClient jdbc;
    private final ContactDraftTable tables;
    private final OwnAddresses own;

    Recount(JdbcClient jdbc, OwnAddresses own) {
        this.jdbc = jdbc;
        this.tables = new ContactDraftTable(jdbc);
        this.own = own;
    }

    /** What they are called: since when they are known and when they last wrote stays, though those items may have gone. */
    void names(Collection<Long> contactIds) {
        var drafts = new HashMap<Long, ContactDraft>();
        tables.lockContacts(contactIds).forEach(draft -> drafts.put(draft.id, draft.withoutNames()));
        addItems(drafts);
        tables.updateContacts(new ArrayList<>(drafts.values()));
    }

    /**
     * What they are called, since when they are known, and when they last wrote. Without items they stay known since the same day.
     *
     * @return those whose items come from one address under different names
     */
    Set<Long> whole(Collection<Long> contactIds) {
        var before = new HashMap<Long, ContactDraft>();
        var drafts = new HashMap<Long, ContactDraft>();
        tables.lockContacts(contactIds).forEach(draft -> {
            before.put(draft.id, draft);
            drafts.put(draft.id, draft.withoutItems());
        });
        var namesDiffer = addItems(drafts);
        addSightings(drafts);
        drafts.forEach((id, draft) -> {
            if (!draft.hasItems()) {
                var known = Objects.requireNonNull(before.get(id));
                draft.knownSince(known.known(), known.source());
            }
        });
        tables.updateContacts(new ArrayList<>(drafts.values()));
        return namesDiffer;
    }

    private Set<Long> addItems(Map<Long, ContactDraft> drafts) {
        var names = new HashMap<Long, Set<String>>();
        jdbc.sql("""
                        select e.contact_id, e.identifier_id is not null as by_identifier, e.receipt_id, e.received_at, e.channel, e.from_name, e.from_address, e.automatic, e.resolved_by,
                            exists (select from delivery_failure f where f.enquiry_id = e.id) as failed,
                            exists (select from claim k where k.enquiry_id = e.id and k.kind = 'name') as claimed
                        from enquiry e where e.contact_id = any(:ids::bigint[]) and e.direction = 'inbound'
                        """).param("ids", drafts.keySet().toArray(Long[]::new)).query(row -> {
            var name = name(row);
            var key = NameKey.of(name);
            if (key != null && row.getBoolean("by_identifier")) {
                names.computeIfAbsent(row.getLong("contact_id"), any -> new HashSet<>())
                        .add(key);
            }
            var chosenGone = row.getString("resolved_by").equals(Clue.CHOSEN_BUT_GONE);
            Objects.requireNonNull(drafts.get(row.getLong("contact_id")))
                    .add(
                            moment(row),
                            row.getString("channel"),
                            name,
                            row.getBoolean("claimed") && !chosenGone,
                            movesClock(row.getString("automatic")));
        });
        names.values().removeIf(keys -> keys.size() < 2);
        return names.keySet();
    }

    /** As {@link Clues} reads it from the item. */
    private @Nullable String name(ResultSet row) throws SQLException {
        var name = row.getString("from_name");
        var because = row.getString("resolved_by");
        if (name == null || row.getBoolean("failed") || because.equals(Clue.CHOSEN)) {
            return null;
        }
        if (because.equals(Clue.CHOSEN_BUT_GONE)) {
            return name;
        }
        var address = row.getString("from_address");
        boolean ours =
                address != null && EmailAddress.parse(address).filter(own::has).isPresent();
        return ours || NameKey.of(name) == null ? null : name;
    }

    private static boolean movesClock(@Nullable String automatic) {
        if (automatic == null) {
            return true;
        }
        for (var one : Automatic.values()) {
            if (one.code().equals(automatic)) {
                return one.isContact();
            }
        }
        return false;
    }

    private void addSightings(Map<Long, ContactDraft> drafts) {
        jdbc.sql("""
                        select e.contact_id, s.received_at, s.receipt_id, l.source
                        from register_entry e join register_sighting s on s.entry_id = e.id join register_list l on l.id = s.list_id
                        where e.contact_id = any(:ids::bigint[])
                        """).param("ids", drafts.keySet().toArray(Long[]::new)).query(row -> {
            Objects.requireNonNull(drafts.get(row.getLong("contact_id")))
                    .knownSince(moment(row), row.getString("source"));
        });
    }

    private static ContactDraft.Moment moment(ResultSet row) throws SQLException {
        return new ContactDraft.Moment(
                row.getObject("received_at", OffsetDateTime.class).toInstant(), row.getString("receipt_id"));
    }
}
