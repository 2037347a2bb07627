package org.postbag.enquiries;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.postbag.receiving.Receipt;
import org.postbag.receiving.ReceiptId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The SQL of filing: one statement for all rows of a kind, sorted by key. Times go as ISO 8601 text. */
@Component
class FilingTables {

    private final JdbcClient jdbc;

    FilingTables(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Those of the receipts that are filed, in quarantine, discarded or erased: nothing is to be done for them, but that an item which was erased and came
     * again lies in the raw store again, and goes once more.
     */
    Set<ReceiptId> known(Collection<Receipt> receipts, Instant now) {
        return new HashSet<>(jdbc.sql("""
                        with known as (
                            select id, channel, state from receipt where id = any(:ids::text[]) and state <> 'waiting'),
                        again as (
                            insert into raw_erasure (receipt_id, channel, since)
                            select id, channel, :now::timestamptz from known where state = 'erased' order by id
                            on conflict do nothing)
                        select id from known
                        """)
                .param("ids", receipts.stream().map(r -> r.id().hex()).toArray(String[]::new))
                .param("now", now.toString())
                .query((row, n) -> new ReceiptId(row.getString("id")))
                .list());
    }

    /**
     * Takes the receipts that are new or waiting, and gives each its state. Others, which someone else filed meanwhile, are left out.
     *
     * @param items sorted by receipt id
     * @return the receipts that this transaction files
     */
    Set<ReceiptId> take(List<? extends Item> items, Instant now) {
        var taken = new HashSet<>(values(items, now).sql("""
                        insert into receipt (id, reference, channel, route, direction, received_at, size, series, profile, source_file, source_row,
                            junk, node, route_version, sent_at, state, state_at)
                        select id, reference, channel, route, direction, received_at::timestamptz, size, series, profile, source_file, source_row,
                            junk, node, route_version, sent_at::timestamptz, state, :now::timestamptz
                        from unnest(:ids::text[], :references::text[], :channels::text[], :routes::text[], :directions::text[], :receivedAt::text[],
                            :sizes::bigint[], :series::text[], :profiles::text[], :sourceFiles::text[], :sourceRows::integer[], :junk::boolean[],
                            :nodes::text[], :routeVersions::integer[], :sentAt::text[], :states::text[])
                            as k(id, reference, channel, route, direction, received_at, size, series, profile, source_file, source_row, junk,
                            node, route_version, sent_at, state)
                        order by id
                        on conflict (id) do nothing
                        returning id
                        """));
        if (taken.size() < items.size()) {
            taken.addAll(takeWaiting(items, now));
        }
        return taken;
    }

    private Set<ReceiptId> takeWaiting(List<? extends Item> items, Instant now) {
        return new HashSet<>(jdbc.sql("""
                        with waiting as (
                            select id from receipt where id = any(:ids::text[]) and state = 'waiting' order by id for update)
                        update receipt r set state = k.state, state_at = :now::timestamptz
                        from waiting w, unnest(:ids::text[], :states::text[]) as k(id, state)
                        where r.id = w.id and k.id = w.id
                        returning r.id
                        """)
                .param("ids", items.stream().map(i -> i.receipt().id().hex()).toArray(String[]::new))
                .param("states", items.stream().map(FilingTables::state).toArray(String[]::new))
                .param("now", now.toString())
                .query((row, n) -> new ReceiptId(row.getString("id")))
                .list());
    }

    private interface Insert {
        List<ReceiptId> sql(String sql);
    }

    private Insert values(List<? extends Item> items, Instant now) {
        return sql -> jdbc.sql(sql)
                .param("now", now.toString())
                .param("ids", texts(items, r -> r.id().hex()))
                .param("references", texts(items, r -> r.reference().value()))
                .param("channels", texts(items, r -> r.channel().code()))
                .param("routes", texts(items, Receipt::route))
                .param("directions", texts(items, r -> r.direction().code()))
                .param("receivedAt", texts(items, r -> r.receivedAt().toString()))
                .param("sizes", items.stream().map(i -> i.receipt().size()).toArray(Long[]::new))
                .param("series", texts(items, Receipt::series))
                .param("profiles", texts(items, Receipt::profile))
                .param("sourceFiles", texts(items, Receipt::sourceFile))
                .param(
                        "sourceRows",
                        items.stream().map(i -> i.receipt().sourceRow()).toArray(Integer[]::new))
                .param("junk", items.stream().map(i -> i.receipt().junk()).toArray(Boolean[]::new))
                .param(
                        "nodes",
                        texts(items, r -> r.origin() == null ? null : r.origin().node()))
                .param(
                        "routeVersions",
                        items.stream()
                                .map(i -> i.receipt().origin())
                                .map(origin -> origin == null ? null : origin.routeVersion())
                                .toArray(Integer[]::new))
                .param(
                        "sentAt",
                        texts(items, r -> r.sentAt() == null ? null : r.sentAt().toString()))
                .param("states", items.stream().map(FilingTables::state).toArray(String[]::new))
                .query((row, n) -> new ReceiptId(row.getString("id")))
                .list();
    }

    private static String[] texts(List<? extends Item> items, Function<Receipt, @Nullable String> of) {
        return items.stream().map(i -> of.apply(i.receipt())).toArray(String[]::new);
    }

    private static String state(Item item) {
        return switch (item) {
            case Item.Readable readable -> ReceiptState.FILED.code();
            case Item.Listed listed -> ReceiptState.FILED.code();
            case Item.Refused refused -> ReceiptState.QUARANTINED.code();
            case Item.Withdrawn withdrawn -> ReceiptState.ERASED.code();
        };
    }

    void quarantine(List<Item.Refused> items, Instant now) {
        if (items.isEmpty()) {
            return;
        }
        jdbc.sql("""
                        insert into quarantine (receipt_id, reason_code, reason, quarantined_at, channel, route, received_at)
                        select r.id, k.code, k.reason, :now::timestamptz, r.channel, r.route, r.received_at
                        from unnest(:ids::text[], :codes::text[], :reasons::text[]) as k(id, code, reason) join receipt r on r.id = k.id
                        order by r.id
                        on conflict (receipt_id) do update set reason_code = excluded.reason_code, reason = excluded.reason,
                            quarantined_at = excluded.quarantined_at, tries = quarantine.tries + 1
                        """)
                .param("now", now.toString())
                .param("ids", items.stream().map(i -> i.receipt().id().hex()).toArray(String[]::new))
                .param("codes", items.stream().map(Item.Refused::code).toArray(String[]::new))
                .param("reasons", items.stream().map(Item.Refused::reason).toArray(String[]::new))
                .update();
    }

    /** What was in quarantine and is filed now is so no more. */
    void release(List<? extends Item> items) {
        jdbc.sql("delete from quarantine where receipt_id = any(:ids::text[])")
                .param("ids", items.stream().map(i -> i.receipt().id().hex()).toArray(String[]::new))
                .update();
    }

    /**
     * An enquiry's place.
     *
     * @param identifierId the identifier that decided it, or null
     * @param sentBy the member of staff who wrote what we sent, where that is known
     */
    record Place(
            long contactId,
            long threadId,
            String because,
            @Nullable Long identifierId,
            @Nullable Long sentBy) {}

    /** @return the ids of the enquiries, in the order of the items */
    List<Long> insertEnquiries(List<Item.Readable> items, List<Place> places) {
        var ids = jdbc.sql("select nextval('enquiry_id_seq') from generate_series(1, :count)")
                .param("count", items.size())
                .query((row, n) -> row.getLong(1))
                .list();
        jdbc.sql("""
                        insert into enquiry (id, receipt_id, reference, channel, direction, contact_id, thread_id, subject, text, reply, has_html, from_name,
                            from_address, sent_at, received_at, topic, language, automatic, damaged, series, resolved_by, message_id, base_subject, asks_by_subject, sent_by,
                            identifier_id, in_reply_to, done)
                        overriding system value
                        select id, receipt_id, reference, channel, direction, contact_id, thread_id, subject, text, reply, has_html, from_name,
                            from_address, sent_at::timestamptz, received_at::timestamptz, topic, language, automatic,
                            string_to_array(damaged, chr(31)), series, resolved_by, message_id, base_subject, asks_by_subject, sent_by,
                            identifier_id, in_reply_to, direction = 'outbound'
                        from unnest(:ids::bigint[], :receipts::text[], :references::text[], :channels::text[], :directions::text[], :contacts::bigint[],
                            :threads::bigint[], :subjects::text[], :texts::text[], :replies::text[], :hasHtml::boolean[], :fromNames::text[],
                            :fromAddresses::text[], :sentAt::text[], :receivedAt::text[], :topics::text[], :languages::text[], :automatic::text[],
                            :damaged::text[], :series::text[], :because::text[], :messageIds::text[],
                            :baseSubjects::text[], :asks::boolean[], :sentBy::bigint[], :identifiers::bigint[], :answers::text[])
                            as k(id, receipt_id, reference, channel, direction, contact_id, thread_id, subject, text, reply, has_html, from_name,
                            from_address, sent_at, received_at, topic, language, automatic, damaged, series, resolved_by, message_id,
                            base_subject, asks_by_subject, sent_by,
                            identifier_id, in_reply_to)
                        """)
                .param("ids", ids.toArray(Long[]::new))
                .param("receipts", texts(items, r -> r.id().hex()))
                .param("references", texts(items, r -> r.reference().value()))
                .param("channels", texts(items, r -> r.channel().code()))
                .param("directions", each(items, i -> i.appearance().direction().code()))
                .param("contacts", places.stream().map(Place::contactId).toArray(Long[]::new))
                .param("threads", places.stream().map(Place::threadId).toArray(Long[]::new))
                .param("subjects", each(items, Item.Readable::subject))
                .param("texts", each(items, Item.Readable::text))
                .param("replies", each(items, Item.Readable::reply))
                .param("hasHtml", items.stream().map(Item.Readable::hasHtml).toArray(Boolean[]::new))
                .param("fromNames", each(items, Item.Readable::fromName))
                .param("fromAddresses", each(items, Item.Readable::fromAddress))
                .param(
                        "sentAt",
                        each(items, i -> i.sentAt() == null ? null : i.sentAt().toString()))
                .param(
                        "receivedAt",
                        each(items, i -> i.appearance().receivedAt().toString()))
                .param("topics", each(items, Item.Readable::topic))
                .param("languages", each(items, Item.Readable::language))
                .param("automatic", each(items, Item.Readable::automatic))
                .param("damaged", each(items, i -> String.join("\u001f", i.damaged())))
                .param("series", texts(items, Receipt::series))
                .param("because", places.stream().map(Place::because).toArray(String[]::new))
                .param("messageIds", each(items, Item.Readable::messageId))
                .param("baseSubjects", each(items, i -> i.threadClues().baseSubject()))
                .param(
                        "asks",
                        items.stream().map(i -> i.threadClues().asksBySubject()).toArray(Boolean[]::new))
                .param("identifiers", places.stream().map(Place::identifierId).toArray(Long[]::new))
                .param("sentBy", places.stream().map(Place::sentBy).toArray(Long[]::new))
                .param("answers", each(items, i -> i.threadClues().answers()))
                .update();
        return ids;
    }

    private static String[] each(List<Item.Readable> items, Function<Item.Readable, @Nullable String> of) {
        return items.stream().map(of).toArray(String[]::new);
    }

    /** Their text is read later, but of a letter: its own text is what its scan says. */
    void insertFiles(List<Item.Readable> items, List<Long> enquiryIds) {
        var enquiries = new ArrayList<Long>();
        var files = new ArrayList<Enquiry.File>();
        for (int i = 0; i < items.size(); i++) {
            for (var file : items.get(i).files()) {
                enquiries.add(Objects.requireNonNull(enquiryIds.get(i)));
                files.add(file);
            }
        }
        if (files.isEmpty()) {
            return;
        }
        jdbc.sql("""
                        with file as (
                            insert into attachment (enquiry_id, position, name, type, size, text_state)
                            select k.*, case when e.channel = 'letter' then 'read' end
                            from unnest(:enquiries::bigint[], :positions::integer[], :names::text[], :types::text[], :sizes::bigint[])
                                as k(enquiry_id, position, name, type, size)
                            join enquiry e on e.id = k.enquiry_id
                            returning enquiry_id, text_state)
                        insert into extraction_work (enquiry_id)
                        select distinct enquiry_id from file where text_state is null order by enquiry_id
                        """)
                .param("enquiries", enquiries.toArray(Long[]::new))
                .param("positions", files.stream().map(Enquiry.File::position).toArray(Integer[]::new))
                .param("names", files.stream().map(Enquiry.File::name).toArray(String[]::new))
                .param("types", files.stream().map(Enquiry.File::type).toArray(String[]::new))
                .param("sizes", files.stream().map(Enquiry.File::size).toArray(Long[]::new))
                .update();
    }

    /** The addresses that delivery reports name. */
    void insertFailures(List<Item.Readable> items, List<Long> enquiryIds) {
        var enquiries = new ArrayList<Long>();
        var addresses = new ArrayList<String>();
        for (int i = 0; i < items.size(); i++) {
            for (var address : items.get(i).appearance().failed()) {
                enquiries.add(Objects.requireNonNull(enquiryIds.get(i)));
                addresses.add(address.mailbox().value());
            }
        }
        if (!addresses.isEmpty()) {
            jdbc.sql("""
                            insert into delivery_failure (enquiry_id, address)
                            select * from unnest(:enquiries::bigint[], :addresses::text[]) on conflict do nothing
                            """)
                    .param("enquiries", enquiries.toArray(Long[]::new))
                    .param("addresses", addresses.toArray(String[]::new))
                    .update();
        }
    }
}
