package org.postbag.contacts;

import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.postbag.audit.Action;
import org.postbag.audit.AuditEvent;
import org.postbag.audit.AuditTrail;
import org.postbag.audit.Subject;
import org.postbag.work.IndexWork;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class JdbcContactErasing implements ContactErasing {

    private final JdbcClient jdbc;
    private final ContactTables tables;
    private final AuditTrail audit;
    private final IndexWork work;
    private final MatchWork matchWork;
    private final Clock clock;

    JdbcContactErasing(
            JdbcClient jdbc, ContactTables tables, AuditTrail audit, IndexWork work, MatchWork matchWork, Clock clock) {
        this.jdbc = jdbc;
        this.tables = tables;
        this.audit = audit;
        this.work = work;
        this.matchWork = matchWork;
        this.clock = clock;
    }

    @Override
    public Collection<Long> identifiers(long contactId, Collection<Long> enquiryIds) {
        return jdbc.sql("""
                        select identifier_id from identifier_use where contact_id = :contact
                        union
                        select identifier_id from claim where enquiry_id = any(:enquiries::bigint[]) and identifier_id is not null
                        union
                        select a.identifier_id from register_address a
                        join register_sighting s on s.receipt_id = a.receipt_id
                        join register_entry e on e.id = s.entry_id where e.contact_id = :contact
                        """)
                .param("contact", contactId)
                .param("enquiries", enquiryIds.toArray(Long[]::new))
                .query((row, n) -> row.getLong(1))
                .list();
    }

    @Override
    public Optional<Contact> lock(long contactId, Collection<Long> enquiryIds) {
        jdbc.sql("select id from register_entry where contact_id = :id order by profile, key collate \"C\" for update")
                .param("id", contactId)
                .query((row, n) -> row.getLong(1))
                .list();
        var identifiers = identifiers(contactId, enquiryIds);
        jdbc.sql("""
                        select id from identifier where id = any(:ids::bigint[])
                        order by kind collate "C", value collate "C" for no key update
                        """)
                .param("ids", identifiers.toArray(Long[]::new))
                .query((row, n) -> row.getLong(1))
                .list();
        return tables.lock(contactId)
                .filter(contact ->
                        contact.erasedAt() == null && identifiers.containsAll(identifiers(contactId, enquiryIds)));
    }

    @Override
    public List<String> erase(Contact contact, String actor) {
        var listed = jdbc.sql("""
                        delete from register_sighting s using register_entry e where e.id = s.entry_id and e.contact_id = :id returning s.receipt_id
                        """)
                .param("id", contact.id())
                .query((row, n) -> row.getString(1))
                .list();
        jdbc.sql("delete from register_entry where contact_id = :id")
                .param("id", contact.id())
                .update();
        var used = jdbc.sql("delete from identifier_use where contact_id = :id returning identifier_id")
                .param("id", contact.id())
                .query((row, n) -> row.getLong(1))
                .list();
        used.forEach(tables::unshare);
        for (var sql : List.of(
                "delete from review where contact_id = :id",
                "delete from contact_match where one = :id or other = :id",
                "delete from contact_key where contact_id = :id")) {
            jdbc.sql(sql).param("id", contact.id()).update();
        }
        // Whoever compared it at this moment has still seen it: once more, and nothing of it is left.
        matchWork.add(List.of(contact.id()));
        jdbc.sql("""
                        update contact set name = null, item_name = null, given_name = null, claimed_name = null, listed_name = null, organisation = null,
                            named_at = null, named_by = null, claimed_at = null, claimed_by = null, erased_at = :now::timestamptz,
                            version = version + 1
                        where id = :id
                        """)
                .param("id", contact.id())
                .param("now", clock.instant().toString())
                .update();
        audit.forget(Subject.contact(contact.id()));
        audit.record(new AuditEvent(
                actor,
                Action.ERASED,
                Subject.contact(contact.id()),
                contact.rule().reason()));
        removeUnused(used);
        return listed;
    }

    @Override
    public void forgetNames(Contact contact, Collection<String> receiptIds) {
        var receipts = receiptIds.toArray(String[]::new);
        int forgotten = jdbc.sql("""
                        update contact set given_name = case when named_by = any(:receipts::text[]) then null else given_name end,
                            named_at = case when named_by = any(:receipts::text[]) then null else named_at end,
                            named_by = case when named_by = any(:receipts::text[]) then null else named_by end,
                            claimed_name = case when claimed_by = any(:receipts::text[]) then null else claimed_name end,
                            claimed_at = case when claimed_by = any(:receipts::text[]) then null else claimed_at end,
                            claimed_by = case when claimed_by = any(:receipts::text[]) then null else claimed_by end
                        where id = :id and (named_by = any(:receipts::text[]) or claimed_by = any(:receipts::text[]))
                        """)
                .param("id", contact.id())
                .param("receipts", receipts)
                .update();
        if (forgotten == 0) {
            return;
        }
        jdbc.sql("""
                        update contact set item_name = case when claimed_by = known_by then claimed_name else given_name end,
                            name = case when name_source = 'staff' then name
                                else coalesce(listed_name, case when claimed_by = known_by then claimed_name else given_name end) end,
                            version = version + 1
                        where id = :id
                        """).param("id", contact.id()).update();
        work.addContacts(List.of(contact.id()));
    }

    @Override
    public void removeUnused(Collection<Long> identifierIds) {
        var unused = jdbc.sql("""
                        select i.id from identifier i where i.id = any(:ids::bigint[])
                            and not exists (select from identifier_use u where u.identifier_id = i.id)
                            and not exists (select from claim c where c.identifier_id = i.id)
                            and not exists (select from register_address a where a.identifier_id = i.id)
                        order by i.id
                        """)
                .param("ids", identifierIds.toArray(Long[]::new))
                .query((row, n) -> row.getLong(1))
                .list();
        if (unused.isEmpty()) {
            return;
        }
        for (var sql : List.of(
                "delete from review where identifier_id = any(:ids::bigint[])",
                "delete from identifier where id = any(:ids::bigint[])")) {
            jdbc.sql(sql).param("ids", unused.toArray(Long[]::new)).update();
        }
    }
}
