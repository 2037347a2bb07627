package org.postbag.enquiries;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.postbag.contacts.Identifier;
import org.postbag.receiving.Receipt;
import org.postbag.receiving.ReceiptId;
import org.postbag.receiving.Reference;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The SQL of {@link SentMail}: whom sent items may belong to, and which of those that wait in quarantine now fit somebody. */
@Component
class SentTables {

    private static final int PLACES_MAX = 50;

    private final JdbcClient jdbc;

    SentTables(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Members of staff by the email addresses, in lower case, that are theirs. */
    Map<String, Long> members(Collection<String> addresses) {
        var found = new HashMap<String, Long>();
        if (!addresses.isEmpty()) {
            jdbc.sql("select id, email from staff_member where email = any(:addresses::text[])")
                    .param("addresses", addresses.toArray(String[]::new))
                    .query(row -> {
                        found.put(row.getString("email"), row.getLong("id"));
                    });
        }
        return found;
    }

    /** A number of an item, a place in its list, and what stands there: a value and what goes with it. */
    private record Asked(int item, int place, String value, String with) {}

    /** Whom each item may belong to; a contact may stand there several times. */
    Map<ReceiptId, List<SentMail.Candidate>> candidates(List<Item.Readable> items) {
        var keys = new ArrayList<Asked>();
        var references = new ArrayList<Asked>();
        var addresses = new ArrayList<Asked>();
        for (int i = 0; i < items.size(); i++) {
            var clues = items.get(i).threadClues();
            add(keys, i, clues.keys(), key -> key, key -> "");
            add(references, i, clues.quoted(), Reference::idsFrom, Reference::idsBefore);
            add(
                    addresses,
                    i,
                    SentMail.recipients(items.get(i)),
                    Identifier::value,
                    one -> one.kind().code());
        }
        var found = new HashMap<Integer, List<SentMail.Candidate>>();
        answered(keys, found);
        quoted(references, found);
        addressed(addresses, found);
        var byId = new HashMap<ReceiptId, List<SentMail.Candidate>>();
        found.forEach((n, candidates) -> byId.put(items.get(n).receipt().id(), candidates));
        return byId;
    }

    private static <T> void add(
            List<Asked> asked, int item, List<T> values, Function<T, String> value, Function<T, String> with) {
        for (int place = 0; place < Math.min(values.size(), PLACES_MAX); place++) {
            var one = values.get(place);
            asked.add(new Asked(item, place, value.apply(one), with.apply(one)));
        }
    }

    private void answered(List<Asked> keys, Map<Integer, List<SentMail.Candidate>> found) {
        ask(
                keys,
                """
                        select k.item, k.place, t.contact_id,
                            exists (select from enquiry e where e.thread_id = t.thread_id and e.message_id = k.value and e.direction = 'inbound') as wrote
                        from asked k join thread_key t on t.key = k.value join contact c on c.id = t.contact_id and c.erased_at is null
                        """,
                row -> new SentMail.Candidate(
                        row.getLong("contact_id"), row.getBoolean("wrote"), row.getInt("place"), null),
                found);
    }

    private void quoted(List<Asked> references, Map<Integer, List<SentMail.Candidate>> found) {
        ask(
                references,
                """
                        select k.item, k.place, e.contact_id from asked k
                        join enquiry e on e.receipt_id >= k.value and e.receipt_id < k.belonging and e.direction = 'inbound'
                        """,
                row -> new SentMail.Candidate(row.getLong("contact_id"), true, row.getInt("place"), null),
                found);
    }

    private void addressed(List<Asked> addresses, Map<Integer, List<SentMail.Candidate>> found) {
        ask(
                addresses,
                """
                        select k.item, k.place, u.contact_id from asked k
                        join identifier i on i.kind = k.belonging and i.value = k.value
                        join identifier_use u on u.identifier_id = i.id and u.state <> 'retired'
                        """,
                row -> new SentMail.Candidate(row.getLong("contact_id"), false, null, row.getInt("place")),
                found);
    }

    private interface CandidateReading {
        SentMail.Candidate of(ResultSet row) throws SQLException;
    }

    private void ask(
            List<Asked> asked, String select, CandidateReading reading, Map<Integer, List<SentMail.Candidate>> found) {
        if (asked.isEmpty()) {
            return;
        }
        jdbc.sql("""
                        with asked as (
                            select * from unnest(:items::integer[], :places::integer[], :values::text[], :belongings::text[]) as k(item, place, value, belonging))
                        """ + select)
                .param("items", asked.stream().map(Asked::item).toArray(Integer[]::new))
                .param("places", asked.stream().map(Asked::place).toArray(Integer[]::new))
                .param("values", asked.stream().map(Asked::value).toArray(String[]::new))
                .param("belongings", asked.stream().map(Asked::with).toArray(String[]::new))
                .query(row -> {
                    found.computeIfAbsent(row.getInt("item"), any -> new ArrayList<>())
                            .add(reading.of(row));
                });
    }

    /** What sent items wait for, so that {@link #fitting} finds them. */
    void await(List<Item.Refused> items) {
        var receipts = new ArrayList<String>();
        var keys = new ArrayList<String>();
        for (var item : items) {
            for (var key : item.awaited()) {
                receipts.add(item.receipt().id().hex());
                keys.add(key);
            }
        }
        if (!keys.isEmpty()) {
            jdbc.sql("""
                            insert into unplaced_key (receipt_id, key)
                            select * from unnest(:receipts::text[], :keys::text[]) on conflict do nothing
                            """)
                    .param("receipts", receipts.toArray(String[]::new))
                    .param("keys", keys.toArray(String[]::new))
                    .update();
        }
    }

    /** Gives up to {@code limit} items back to be filed, those for which somebody is there now: their receipts are waiting then. */
    List<Receipt> release(Instant now, int limit) {
        return jdbc.sql("""
                        update receipt set state = :waiting, state_at = :now::timestamptz
                        where state = any(:from::text[]) and state = 'quarantined' and id in (
                            select u.receipt_id from unplaced_key u
                            join thread_key t on t.key = u.key join contact c on c.id = t.contact_id and c.erased_at is null
                            where exists (
                                select from enquiry e where e.thread_id = t.thread_id and e.message_id = u.key and e.direction = 'inbound')
                            union
                            select u.receipt_id from unplaced_key u
                            join identifier i on i.kind = split_part(u.key, ':', 1) and i.value = substr(u.key, strpos(u.key, ':') + 1)
                            join identifier_use s on s.identifier_id = i.id and s.state <> 'retired'
                            limit :limit)
                        returning *
                        """)
                .param("waiting", ReceiptState.WAITING.code())
                .param("from", ReceiptState.WAITING.reachedFrom())
                .param("now", now.toString())
                .param("limit", limit)
                .query((row, n) -> StoredReceipts.receipt(row))
                .list();
    }
}
