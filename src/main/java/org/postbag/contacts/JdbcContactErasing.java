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
    private final UseTable uses;
    private final Families families;
    private final Recount recount;
    private final AuditTrail audit;
    private final IndexWork work;
    private final MatchWork matchWork;
    private final Clock clock;

    JdbcContactErasing(
            JdbcClient jdbc,
            ContactTables tables,
            Families families,
            Recount recount,
            AuditTrail audit,
            IndexWork work,
            MatchWork matchWork,
            Clock clock) {
        this.jdbc = jdbc;
        this.tables = tables;
        this.uses = new UseTable(jdbc);
        this.families = families;
        this.recount = recount;
        this.audit = audit;
        this.work = work;
        this.matchWork = matchWork;
        this.clock = clock;
    }

    @Override
    public Collection<Long> identifiers(long contactId, Collection<Long> enquiryIds) {
        return jdbc.sql("""
                        select identifier_id from identifier_use where contact_id in (select id from family_of(:contact))
                        union
                        select identifier_id from claim where enquiry_id = any(:enquiries::bigint[]) and identifier_id is not null
                        union
                        select a.identifier_id from register_address a
                        join register_sighting s on s.receipt_id = a.receipt_id
                        join register_entry e on e.id = s.entry_id where e.contact_id in (select id from family_of(:contact))
                        """)
                .param("contact", contactId)
                .param("enquiries", enquiryIds.toArray(Long[]::new))
                .query((row, n) -> row.getLong(1))
                .list();
    }

    @Override
    public Optional<Contact> lock(long contactId, Collection<Long> enquiryIds) {
        jdbc.sql("""
                        select id from register_entry where contact_id in (select id from family_of(:id))
                        order by profile, key collate "C" for update
                        """).param("id", contactId).query((row, n) -> row.getLong(1)).list();
        var identifiers = identifiers(contactId, enquiryIds);
        jdbc.sql("""
                        select id from identifier where id = any(:ids::bigint[])
                        order by kind collate "C", value collate "C" for no key update
                        """)
                .param("ids", identifiers.toArray(Long[]::new))
                .query((row, n) -> row.getLong(1))
                .list();
        families.lock(List.of(contactId));
        return tables.contacts(List.of(contactId)).stream()
                .findFirst()
                .filter(contact -> contact.erasedAt() == null
                        && contact.mergedInto() == null
                        && identifiers.containsAll(identifiers(contactId, enquiryIds)));
    }

    @Override
    public List<String> erase(Contact contact, String actor) {
        var all = families.members(List.of(contact.id()));
        var listed = of(all, """
                        delete from register_sighting s using register_entry e
                        where e.id = s.entry_id and e.contact_id = any(:ids::bigint[]) returning s.receipt_id
                        """).query((row, n) -> row.getString(1)).list();
        of(all, "delete from register_entry where contact_id = any(:ids::bigint[])")
                .update();
        var used = of(all, "delete from identifier_use where contact_id = any(:ids::bigint[]) returning identifier_id")
                .query((row, n) -> row.getLong(1))
                .list();
        used.stream().distinct().sorted().forEach(uses::unshare);
        // Whoever compares them at this moment has still seen them: once more, and nothing of them is left.
        matchWork.add(all);
        for (var sql : List.of(
                "delete from review where contact_id = any(:ids::bigint[])",
                "delete from contact_match where one = any(:ids::bigint[]) or other = any(:ids::bigint[])",
                """
                delete from contact_key k using contact_traits t
                where t.contact_id = any(:ids::bigint[]) and k.key = any(t.keys) and k.contact_id = t.contact_id
                """,
                "delete from contact_traits where contact_id = any(:ids::bigint[])",
                "update merge set reason = null where survivor = any(:ids::bigint[]) or merged = any(:ids::bigint[])",
                "update move set reason = null where from_contact = any(:ids::bigint[]) or to_contact = any(:ids::bigint[])",
                "update contact set at_organisation = null where at_organisation = any(:ids::bigint[])")) {
            of(all, sql).update();
        }
        of(all, """
                        update contact set name = null, item_name = null, given_name = null, claimed_name = null, listed_name = null, organisation = null,
                            named_at = null, named_by = null, claimed_at = null, claimed_by = null, at_organisation = null,
                            erased_at = :now::timestamptz, version = version + 1
                        where id = any(:ids::bigint[])
                        """).param("now", clock.instant().toString()).update();
        audit.forget(all.stream().map(Subject::contact).toList());
        audit.record(all.stream()
                .map(id -> new AuditEvent(
                        actor,
                        Action.ERASED,
                        Subject.contact(id),
                        contact.rule().reason()))
                .toList());
        removeUnused(used);
        return listed;
    }

    private JdbcClient.StatementSpec of(List<Long> contactIds, String sql) {
        return jdbc.sql(sql).param("ids", contactIds.toArray(Long[]::new));
    }

    @Override
    public void forgetNames(Contact contact, Collection<String> receiptIds) {
        var named = jdbc.sql("""
                        select id from contact
                        where id in (select id from family_of(:id)) and (named_by = any(:receipts::text[]) or claimed_by = any(:receipts::text[]))
                        order by id
                        """)
                .param("id", contact.id())
                .param("receipts", receiptIds.toArray(String[]::new))
                .query((row, n) -> row.getLong(1))
                .list();
        if (!named.isEmpty()) {
            recount.names(named);
            work.addContacts(named);
        }
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
