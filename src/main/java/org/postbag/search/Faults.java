package org.postbag.search;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import org.postbag.search.SearchIndex.Refused;

/** Documents whose content the engine refused. They are kept in a table for staff to see, and found by reference and filters meanwhile. */
final class Faults {

    private Faults() {}

    static List<Document> withoutContent(List<Document> documents, List<Refused> refused) {
        var ids = refused.stream().map(Refused::enquiryId).collect(Collectors.toCollection(HashSet::new));
        return documents.stream()
                .filter(d -> ids.contains(d.enquiryId()))
                .map(Document::withoutContent)
                .toList();
    }

    static void forget(Connection connection, Collection<Long> enquiryIds) throws SQLException {
        try (var statement = connection.prepareStatement("delete from index_fault where enquiry_id = any(?)")) {
            statement.setArray(1, connection.createArrayOf("bigint", enquiryIds.toArray()));
            statement.executeUpdate();
        }
    }

    static void record(Connection connection, List<Refused> refused) throws SQLException {
        try (var statement = connection.prepareStatement("""
                insert into index_fault (enquiry_id, reason) values (?, ?)
                    on conflict (enquiry_id) do update set reason = excluded.reason, since = now()""")) {
            for (var fault : refused) {
                statement.setLong(1, fault.enquiryId());
                statement.setString(2, fault.reason());
                statement.executeUpdate();
            }
        }
    }
}
