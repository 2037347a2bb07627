package org.postbag.search;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postbag.enquiries.Kept;
import org.postbag.enquiries.Sight;

/** Reads documents from the current rows: all of an enquiry that can be searched, in one statement, so that a document is of one moment. */
final class Documents {

    /** How many documents are held at once, and characters of text in them. */
    static final int BATCH_MAX = 1_000;

    private static final int BATCH_CHARACTERS_MAX = 8_000_000;

    /** What is searched of one text; a message of this length has some 200 pages. */
    private static final int TEXT_CHARACTERS_MAX = 500_000;

    /** Values of one kind that are searched of one enquiry. A shared mailbox may be known by many. */
    private static final int VALUES_MAX = 500;

    /** Files of one enquiry whose text is searched. */
    private static final int FILES_MAX = 50;

    /** Beyond so many characters nobody sees that a list is sorted. */
    private static final int SORTED_LENGTH_MAX = 200;

    private static final int FETCH_ROWS = 200;

    private static final Set<Facet> READ = EnumSet.complementOf(EnumSet.of(Facet.KEPT, Facet.MONTH));

    private static final String SELECT =
            """
            select e.id, e.reference, e.received_at, e.channel, e.direction, s.category, e.topic, coalesce(l.authority, lives.authority) as authority, e.language,
                   case when exists (select from attachment a where a.enquiry_id = e.id) then 'yes' end as files,
                   case when e.automatic is not null then 'yes' end as automatic,
                   case when e.direction = 'inbound' then coalesce(w.status, 'new') end as status,
                   case when e.direction = 'inbound' then coalesce(w.assigned_to::text, 'nobody') end as assigned,
                   case when w.urgent_by is not null then 'yes' end as urgent,
                   case when e.direction = 'inbound' and w.opened_at is null then 'yes' end as unread,
                   %4$s as viewers,
                   left(e.subject, %1$d) as subject, left(concat_ws(E'\\n\\n', left(e.text, %1$d), filed.text), %1$d) as text,
                   left(coalesce(e.base_subject, e.subject), %6$d) as by_subject, left(s.name, %6$d) as by_contact,
                   array[s.name, s.organisation, c.name, c.organisation, e.from_name] || claimed.names as names,
                   array[e.from_address] || claimed.identifiers
                       || array(select i.value from identifier_use u join identifier i on i.id = u.identifier_id
                                 where u.contact_id in (select id from family_of(s.id)) order by u.since desc, i.id limit %2$d) as identifiers,
                   array(select a.name from attachment a where a.enquiry_id = e.id
                          order by a.position limit %2$d) as attachments
                   %5$s
              join contact c on c.id = e.contact_id
              join contact s on s.id = coalesce(c.merged_into, c.id)
              left join enquiry_location l on l.enquiry_id = e.id
             cross join lateral ( -- by the first postcode that they gave, where it lies in one authority
                   select case when count(*) = 1 then min(p.authority) end as authority from postcode_authority p where p.postcode = (
                       select regexp_replace(upper(regexp_replace(value, '\\s', '', 'g')), '(...)$', ' \\1') from claim
                        where enquiry_id = e.id and kind = 'postcode' and state <> 'dismissed' order by id limit 1)) lives
             cross join lateral (
                   select string_agg(left(a.text, %1$d), E'\\n\\n' order by a.position) as text
                     from (select position, text from attachment
                            where enquiry_id = e.id and text is not null order by position limit %3$d) a) filed
             cross join lateral (
                   select coalesce(array_agg(value) filter (where kind in ('name', 'organisation')), '{}') as names,
                          coalesce(array_agg(value) filter (where kind not in ('name', 'organisation')), '{}') as identifiers
                     from (select kind, value from claim
                            where enquiry_id = e.id and state <> 'dismissed' order by id limit %2$d) one) claimed
            """.formatted(TEXT_CHARACTERS_MAX, VALUES_MAX, FILES_MAX, Sight.VIEWERS, Kept.COLUMNS, SORTED_LENGTH_MAX);

    private static final String OF_IDS = SELECT + "where e.id = any(?) and c.erased_at is null order by e.id";
    private static final String AFTER =
            SELECT + "where e.id > ? and c.erased_at is null order by e.id limit " + BATCH_MAX;

    private Documents() {}

    /** Those of the enquiries that there are, beginning with the lowest ids; so many as fit a batch. Versions are 0. */
    static Batch of(Connection connection, Collection<Long> enquiryIds) throws SQLException {
        try (var statement = connection.prepareStatement(OF_IDS)) {
            statement.setArray(1, connection.createArrayOf("bigint", enquiryIds.toArray()));
            return batch(statement);
        }
    }

    /** The next after an id, in order of id; so many as fit a batch. Empty where there are no more. */
    static Batch after(Connection connection, long enquiryId) throws SQLException {
        try (var statement = connection.prepareStatement(AFTER)) {
            statement.setLong(1, enquiryId);
            return batch(statement);
        }
    }

    /**
     * @param whole whether there were no more; else there may be some after the last
     */
    record Batch(List<Document> documents, boolean whole) {

        Batch withVersion(long version) {
            return withVersion(version, null);
        }

        /** @param at when the version was drawn */
        Batch withVersion(long version, @Nullable Instant at) {
            return new Batch(
                    documents.stream().map(d -> d.withVersion(version, at)).toList(), whole);
        }

        long last() {
            return documents.getLast().enquiryId();
        }
    }

    /** Rows come through a cursor, so that no more of them are held than are used; a cursor needs a transaction. */
    private static Batch batch(PreparedStatement statement) throws SQLException {
        var connection = statement.getConnection();
        connection.setAutoCommit(false);
        try {
            statement.setFetchSize(FETCH_ROWS);
            var documents = new ArrayList<Document>();
            int characters = 0;
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    var document = document(rows);
                    documents.add(document);
                    characters += document.text().length();
                    if (characters > BATCH_CHARACTERS_MAX || documents.size() == BATCH_MAX) {
                        return new Batch(documents, false);
                    }
                }
            }
            return new Batch(documents, true);
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    private static Document document(ResultSet row) throws SQLException {
        return new Document(
                row.getLong("id"),
                0,
                row.getString("reference"),
                row.getObject("received_at", OffsetDateTime.class).toInstant(),
                facets(row),
                Kept.of(row).until(),
                viewers(row.getArray("viewers")),
                row.getString("subject"),
                row.getString("text"),
                texts(row.getArray("names")),
                texts(row.getArray("identifiers")),
                texts(row.getArray("attachments")),
                new Document.Sorted(row.getString("by_subject"), row.getString("by_contact")),
                null);
    }

    private static @Nullable Set<Long> viewers(@Nullable Array array) throws SQLException {
        return array == null ? null : Set.of((Long[]) array.getArray());
    }

    /** Each stands in the column of its name, save those that follow from a document's days. */
    private static Map<Facet, String> facets(ResultSet row) throws SQLException {
        var facets = new EnumMap<Facet, String>(Facet.class);
        for (var facet : READ) {
            var value = row.getString(facet.code());
            if (value != null && !value.isEmpty()) {
                facets.put(facet, value);
            }
        }
        return facets;
    }

    private static List<String> texts(Array array) throws SQLException {
        return Arrays.stream((String[]) array.getArray())
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }
}
