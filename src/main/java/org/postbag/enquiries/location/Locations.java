package org.postbag.enquiries.location;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postbag.audit.Action;
import org.postbag.audit.AuditEvent;
import org.postbag.audit.AuditTrail;
import org.postbag.audit.Subject;
import org.postbag.normalising.Postcode;
import org.postbag.work.IndexWork;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Where enquiries come from: what staff set, else what follows from the postcode that the sender gave, looked up when it is shown. */
@Component
public class Locations {

    private final JdbcClient jdbc;
    private final AuditTrail audit;
    private final IndexWork work;
    private final Clock clock;

    Locations(JdbcClient jdbc, AuditTrail audit, IndexWork work, Clock clock) {
        this.jdbc = jdbc;
        this.audit = audit;
        this.work = work;
        this.clock = clock;
    }

    public Location of(long enquiryId) {
        return setByStaff(enquiryId)
                .or(() -> postcode(enquiryId).map(this::fromPostcode))
                .orElseGet(Location.Unknown::new);
    }

    private Optional<Location> setByStaff(long enquiryId) {
        return jdbc.sql("""
                        select a.code, a.name, coalesce(s.name, l.set_by) as by_name
                        from enquiry_location l
                        join local_authority a on a.code = l.authority
                        left join staff_member s on 'staff:' || s.username = l.set_by
                        where l.enquiry_id = ?
                        """)
                .param(enquiryId)
                .query((row, n) -> (Location) new Location.SetByStaff(
                        new LocalAuthority(row.getString("code"), row.getString("name")), row.getString("by_name")))
                .optional();
    }

    /** The first postcode that the sender gave and nobody dismissed. */
    private Optional<Postcode> postcode(long enquiryId) {
        return jdbc
                .sql(
                        "select value from claim where enquiry_id = ? and kind = 'postcode' and state <> 'dismissed' order by id")
                .param(enquiryId)
                .query((row, n) -> row.getString("value"))
                .list()
                .stream()
                .flatMap(value -> Postcode.parse(value).stream())
                .findFirst();
    }

    private Location fromPostcode(Postcode postcode) {
        record Found(LocalAuthority authority, @Nullable String ended) {}
        var found = jdbc.sql("""
                        select a.code, a.name, p.ended from postcode_authority p join local_authority a on a.code = p.authority
                        where p.postcode = ? order by a.name
                        """)
                .param(postcode.value())
                .query((row, n) -> new Found(
                        new LocalAuthority(row.getString("code"), row.getString("name")), row.getString("ended")))
                .list();
        boolean directory = !found.isEmpty()
                || jdbc.sql("select exists (select from postcode_import)")
                        .query(Boolean.class)
                        .single();
        var authorities = new ArrayList<LocalAuthority>();
        found.forEach(one -> authorities.add(one.authority()));
        return new Location.FromPostcode(
                postcode, authorities, found.isEmpty() ? null : found.getFirst().ended(), directory);
    }

    /** All that an enquiry may be set to, by name. */
    public List<LocalAuthority> authorities() {
        return jdbc.sql("select code, name from local_authority order by name, code")
                .query((row, n) -> new LocalAuthority(row.getString("code"), row.getString("name")))
                .list();
    }

    /**
     * Staff say where it comes from, or with null that they don't any more.
     *
     * @return what was said before, or null; empty where there is no such enquiry or authority
     */
    @Transactional
    public Optional<Changed> set(long enquiryId, @Nullable String authority, String actor) {
        var there = jdbc.sql("select id from enquiry where id = ? for update")
                .param(enquiryId)
                .query(Long.class)
                .optional();
        var name = authority == null
                ? Optional.of("")
                : jdbc.sql("select name from local_authority where code = ?")
                        .param(authority)
                        .query(String.class)
                        .optional();
        if (there.isEmpty() || name.isEmpty()) {
            return Optional.empty();
        }
        var before = jdbc.sql("select authority from enquiry_location where enquiry_id = ?")
                .param(enquiryId)
                .query(String.class)
                .optional()
                .orElse(null);
        if (authority == null) {
            jdbc.sql("delete from enquiry_location where enquiry_id = ?")
                    .param(enquiryId)
                    .update();
        } else {
            jdbc.sql("""
                            insert into enquiry_location (enquiry_id, authority, set_by, set_at) values (?, ?, ?, ?::timestamptz)
                            on conflict (enquiry_id) do update set authority = excluded.authority, set_by = excluded.set_by, set_at = excluded.set_at
                            """)
                    .params(enquiryId, authority, actor, clock.instant().toString())
                    .update();
        }
        audit.record(
                new AuditEvent(actor, Action.CORRECTED, Subject.enquiry(enquiryId), "Location", before, authority));
        work.add(List.of(enquiryId));
        return Optional.of(new Changed(before));
    }

    /** @param before the code that was set before, or null */
    public record Changed(@Nullable String before) {}
}
