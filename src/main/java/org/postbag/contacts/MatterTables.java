package org.postbag.contacts;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.postbag.contacts.ResolvingTables.Pair;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Raises what filing noticed about contacts and did not decide, once each. */
final class MatterTables {

    private final JdbcClient jdbc;

    MatterTables(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What to raise for review.
     *
     * @param hardToRead contacts of letters whose text a person should compare with the scan
     * @param addressesShared identifiers that several use
     * @param claims identifiers claimed, and by whom
     * @param used identifiers newly used, and by whom
     * @param chosenGone contacts made because the one that staff had chosen was erased
     */
    record Matters(
            Set<Long> namesDiffer,
            Set<Long> hardToRead,
            Set<Long> addressesShared,
            List<Pair> claims,
            List<Pair> used,
            Set<Long> chosenGone) {}

    /** Looks for one other contact only, so that a number which thousands give costs no more than one that two do. */
    void raise(Matters matters, Instant now) {
        if (matters.namesDiffer().isEmpty()
                && matters.hardToRead().isEmpty()
                && matters.addressesShared().isEmpty()
                && matters.claims().isEmpty()
                && matters.used().isEmpty()
                && matters.chosenGone().isEmpty()) {
            return;
        }
        jdbc.sql("""
                        insert into review (matter, subject_key, contact_id, identifier_id, raised_at)
                        select matter, subject_key, contact_id, identifier_id, :now::timestamptz from (
                            select 'name-differs' as matter, 'contact:' || id as subject_key, id as contact_id, null::bigint as identifier_id
                            from unnest(:named::bigint[]) as id
                            union
                            select 'chosen-gone', 'contact:' || id, id, null from unnest(:gone::bigint[]) as id
                            union
                            select 'letter-hard-to-read', 'contact:' || id, id, null
                            from unnest(:hardToRead::bigint[]) as id
                            union
                            select 'telephone-shared', 'identifier:' || i.id, null, i.id
                            from identifier i where i.id = any(:shared::bigint[]) and i.kind = 'telephone'
                            union
                            select 'address-shared', 'identifier:' || i.id, null, i.id
                            from identifier i where i.id = any(:shared::bigint[]) and i.kind <> 'telephone' and exists (
                                select from register_address a where a.identifier_id = i.id)
                            union
                            select 'claim-of-another', 'identifier:' || k.identifier_id, null, k.identifier_id
                            from unnest(:claimed::bigint[], :claimants::bigint[]) as k(identifier_id, contact_id)
                            where exists (select from identifier_use u where u.identifier_id = k.identifier_id
                                and u.contact_id <> k.contact_id and u.state <> 'retired')
                            union
                            select 'claim-of-another', 'identifier:' || k.identifier_id, null, k.identifier_id
                            from unnest(:used::bigint[], :users::bigint[]) as k(identifier_id, contact_id)
                            where exists (select from claim c where c.identifier_id = k.identifier_id and c.contact_id <> k.contact_id)
                        ) as raised
                        order by matter, subject_key
                        on conflict (matter, subject_key) do nothing
                        """)
                .param("now", now.toString())
                .param("named", matters.namesDiffer().toArray(Long[]::new))
                .param("gone", matters.chosenGone().toArray(Long[]::new))
                .param("hardToRead", matters.hardToRead().toArray(Long[]::new))
                .param("shared", matters.addressesShared().toArray(Long[]::new))
                .param(
                        "claimed",
                        matters.claims().stream().map(Pair::identifierId).toArray(Long[]::new))
                .param(
                        "claimants",
                        matters.claims().stream().map(Pair::contactId).toArray(Long[]::new))
                .param("used", matters.used().stream().map(Pair::identifierId).toArray(Long[]::new))
                .param("users", matters.used().stream().map(Pair::contactId).toArray(Long[]::new))
                .update();
    }
}
