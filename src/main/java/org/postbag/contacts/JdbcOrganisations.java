package org.postbag.contacts;

import java.util.List;
import org.postbag.audit.Action;
import org.postbag.audit.AuditEvent;
import org.postbag.audit.AuditTrail;
import org.postbag.audit.Subject;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class JdbcOrganisations implements Organisations {

    private final JdbcClient jdbc;
    private final ContactTables tables;
    private final Families families;
    private final AuditTrail audit;

    JdbcOrganisations(JdbcClient jdbc, ContactTables tables, Families families, AuditTrail audit) {
        this.jdbc = jdbc;
        this.tables = tables;
        this.families = families;
        this.audit = audit;
    }

    @Override
    public List<Contact> of(long contactId) {
        return tables.contacts(jdbc.sql("""
                        select distinct coalesce(o.merged_into, o.id)
                        from family_of(:id) m join contact c on c.id = m.id join contact o on o.id = c.at_organisation
                        """)
                .param("id", contactId)
                .query((row, n) -> row.getLong(1))
                .list());
    }

    @Override
    public List<Contact> people(long organisationId) {
        return tables.contacts(jdbc.sql("""
                        select distinct coalesce(c.merged_into, c.id)
                        from family_of(:id) m join contact c on c.at_organisation = m.id where c.erased_at is null order by 1 limit :limit
                        """)
                .param("id", organisationId)
                .param("limit", SHOWN_MAX)
                .query((row, n) -> row.getLong(1))
                .list());
    }

    @Override
    public Placing put(long contactId, long organisationId, String actor) {
        return families.change(() -> {
            var locked = families.lock(List.of(contactId, organisationId));
            var person = locked.get(contactId);
            var place = locked.get(organisationId);
            if (person == null || place == null || isGone(person) || isGone(place)) {
                return Placing.GONE;
            }
            if (contactId == organisationId) {
                return Placing.ITSELF;
            }
            if (tables.contacts(List.of(organisationId)).getFirst().kind() != Contact.Kind.ORGANISATION) {
                return Placing.NOT_AN_ORGANISATION;
            }
            int changed = jdbc.sql(
                            "update contact set at_organisation = :place where id = :id and at_organisation is distinct from :place")
                    .param("place", organisationId)
                    .param("id", contactId)
                    .update();
            if (changed == 0) {
                return Placing.NOTHING_TO_DO;
            }
            note(actor, contactId, "At the organisation of contact " + organisationId);
            return Placing.DONE;
        });
    }

    private static boolean isGone(Families.Member member) {
        return member.erasedAt() != null || member.mergedInto() != null;
    }

    @Override
    public boolean remove(long contactId, long organisationId, String actor) {
        return families.change(() -> {
            families.lock(List.of(contactId, organisationId));
            int changed = jdbc.sql("""
                            update contact set at_organisation = null
                            where id in (select id from family_of(:id)) and at_organisation in (select id from family_of(:place))
                            """)
                    .param("id", contactId)
                    .param("place", organisationId)
                    .update();
            if (changed > 0) {
                note(actor, contactId, "No longer at the organisation of contact " + organisationId);
            }
            return changed > 0;
        });
    }

    private void note(String actor, long contactId, String what) {
        audit.record(new AuditEvent(actor, Action.CORRECTED, Subject.contact(contactId), what));
    }
}
