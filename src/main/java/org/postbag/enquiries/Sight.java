package org.postbag.enquiries;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;
import org.postbag.contacts.IdentifierUse;
import org.postbag.staff.Role;
import org.postbag.staff.StaffMember;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Who may read what: the one check for each place that shows an enquiry's content. Of a sensitive one, those who aren't named see the reference and that it
 * is sensitive, and nothing else. An answer quotes what it answers, so that one sensitive enquiry hides all of its thread; who may read one that is
 * sensitive must be named at each on the thread that is.
 */
@Component
public class Sight {

    /** Of an enquiry {@code e}: to be asked with the parameter {@code actor}. */
    static final String HIDDEN = """
             exists (
                select from enquiry s join enquiry_work sw on sw.enquiry_id = s.id and sw.sensitive is not null
                where s.thread_id = e.thread_id and not exists (
                    select from sensitive_viewer v join staff_member m on m.id = v.staff_member_id
                    where v.enquiry_id = s.id and 'staff:' || m.username = :actor))
            """;

    /** Of an enquiry {@code e}: the ids of the members who may read it, beside those who read all; null where whoever may read enquiries may. */
    public static final String VIEWERS = """
            (select array(
                select v.staff_member_id from sensitive_viewer v join enquiry s on s.id = v.enquiry_id
                join enquiry_work sw on sw.enquiry_id = s.id and sw.sensitive is not null
                where s.thread_id = e.thread_id group by v.staff_member_id having count(*) = named.enquiries order by 1)
             from (select count(*) as enquiries from enquiry s join enquiry_work sw on sw.enquiry_id = s.id and sw.sensitive is not null
                   where s.thread_id = e.thread_id) named
             where named.enquiries > 0)
            """;

    private final JdbcClient jdbc;

    Sight(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public boolean mayRead(long enquiryId, StaffMember member) {
        return hidden(List.of(enquiryId), member).isEmpty();
    }

    /** Those of the enquiries that this person may not read. */
    public Set<Long> hidden(Collection<Long> enquiryIds, StaffMember member) {
        if (enquiryIds.isEmpty() || readsAll(member)) {
            return Set.of();
        }
        return new HashSet<>(jdbc.sql("select e.id from enquiry e where e.id = any(:ids::bigint[]) and" + HIDDEN)
                .param("ids", enquiryIds.toArray(Long[]::new))
                .param("actor", member.actor())
                .query(Long.class)
                .list());
    }

    /** The lines of a list, each that is of an enquiry which this person may not read withheld. */
    <T> List<T> withholding(List<T> lines, ToLongFunction<T> enquiryId, UnaryOperator<T> withheld, StaffMember member) {
        var hidden = hidden(lines.stream().map(enquiryId::applyAsLong).toList(), member);
        return lines.stream()
                .map(line -> hidden.contains(enquiryId.applyAsLong(line)) ? withheld.apply(line) : line)
                .toList();
    }

    /**
     * Those of the contacts that are known by nothing but enquiries that this person may not read: even that they wrote is not for them. Who stands in a
     * public list is known by that, and who never wrote by what made them a contact.
     */
    Set<Long> hiddenContacts(Collection<Long> contactIds, StaffMember member) {
        if (contactIds.isEmpty() || readsAll(member)) {
            return Set.of();
        }
        var written = "from enquiry e join family_of(k.id) f on f.id = e.contact_id";
        return new HashSet<>(jdbc.sql("""
                        select k.id from unnest(:ids::bigint[]) as k(id)
                        where exists (select %s)
                          and not exists (select %s where not %s)
                          and not exists (select from register_entry r join family_of(k.id) f on f.id = r.contact_id)
                        """.formatted(written, written, HIDDEN))
                .param("ids", contactIds.toArray(Long[]::new))
                .param("actor", member.actor())
                .query(Long.class)
                .list());
    }

    /**
     * What contacts are known by, without what came with an enquiry that this person may not read and with none that they may. An address in a public list
     * is known from there.
     */
    Map<Long, List<IdentifierUse>> readable(Map<Long, List<IdentifierUse>> uses, StaffMember member) {
        if (uses.isEmpty() || readsAll(member)) {
            return uses;
        }
        var all = uses.values().stream().flatMap(List::stream).distinct().toList();
        var hidden = hiddenUses(all, member);
        if (hidden.isEmpty()) {
            return uses;
        }
        var readable = new LinkedHashMap<Long, List<IdentifierUse>>();
        uses.forEach((contact, of) -> readable.put(
                contact,
                of.stream()
                        .filter(use -> !hidden.contains(new Used(use.contactId(), use.identifierId())))
                        .toList()));
        return readable;
    }

    private record Used(long contactId, long identifierId) {}

    private Set<Used> hiddenUses(List<IdentifierUse> uses, StaffMember member) {
        return new HashSet<>(jdbc.sql("""
                        select u.contact_id, u.identifier_id
                        from unnest(:contacts::bigint[], :identifiers::bigint[]) as k(contact_id, identifier_id)
                        join identifier_use u on u.contact_id = k.contact_id and u.identifier_id = k.identifier_id
                        join lateral (
                            select * from enquiry
                            where receipt_id = case when u.source like 'receipt:%%' then substr(u.source, length('receipt:') + 1) end
                            union all
                            select came.* from claim c join enquiry came on came.id = c.enquiry_id
                            where c.id = case when u.source like 'claim:%%' then substr(u.source, length('claim:') + 1)::bigint end) e on %s
                        where not exists (
                                select from enquiry e where e.contact_id = u.contact_id and e.identifier_id = u.identifier_id and not %s)
                          and not exists (select from register_address a where a.identifier_id = u.identifier_id)
                        """.formatted(HIDDEN, HIDDEN))
                .param("contacts", uses.stream().map(IdentifierUse::contactId).toArray(Long[]::new))
                .param(
                        "identifiers",
                        uses.stream().map(IdentifierUse::identifierId).toArray(Long[]::new))
                .param("actor", member.actor())
                .query((row, _) -> new Used(row.getLong("contact_id"), row.getLong("identifier_id")))
                .list());
    }

    /** Of an enquiry {@code e}, whether it is not for this person: to be asked with the parameter {@code actor}. */
    static String hiddenFrom(StaffMember member) {
        return readsAll(member) ? "false" : HIDDEN;
    }

    /** Data protection officers answer for all of it. */
    public static boolean readsAll(StaffMember member) {
        return member.has(Role.DATA_PROTECTION_OFFICER);
    }
}
