package org.postbag.search.elasticsearch;

import co.elastic.clients.util.BinaryData;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;
import org.postbag.search.Document;
import org.postbag.search.language.Clauses;
import tools.jackson.databind.json.JsonMapper;

/** Turns our documents into Elasticsearch's. It keeps none of them: what is shown is read from PostgreSQL. */
final class ElasticsearchDocuments {

    private static final JsonMapper JSON = new JsonMapper();
    private static final char REPLACEMENT = '\ufffd';

    private ElasticsearchDocuments() {}

    static BinaryData of(Document document) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put(Fields.ID, document.enquiryId());
        fields.put(Fields.CHECKSUM, document.checksum());
        if (document.writtenAt() != null) {
            fields.put(Fields.WRITTEN, document.writtenAt().toEpochMilli());
        }
        fields.put(Fields.RECEIVED, document.receivedAt().toEpochMilli());
        fields.put(Fields.REFERENCE, whole(Clauses.withoutDashes(document.reference())));
        fields.put(Fields.KEPT_UNTIL, document.lastDay());
        fields.put(Document.VIEWERS, document.viewerValues());
        document.facets().forEach((facet, value) -> fields.put(facet.code(), whole(value)));
        fields.put(Fields.FACETS, whole(Facets.values(document.facets()).stream()));
        document.sortedBy().forEach((order, text) -> fields.put(order.field(), whole(text)));
        document.words().forEach((place, values) -> fields.put(place.field(), whole(values.stream())));
        return BinaryData.of(JSON.writeValueAsBytes(fields), "application/json");
    }

    private static List<String> whole(Stream<String> values) {
        return values.map(ElasticsearchDocuments::whole).toList();
    }

    /** Halves of characters, which UTF-8 can't hold, replaced. */
    private static String whole(String text) {
        if (text.codePoints().noneMatch(ElasticsearchDocuments::isHalf)) {
            return text;
        }
        return text.codePoints()
                .map(c -> isHalf(c) ? REPLACEMENT : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean isHalf(int character) {
        return Character.getType(character) == Character.SURROGATE;
    }
}
