package org.postbag.search.lucene;

import org.apache.lucene.document.Field;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.util.BytesRef;
import org.postbag.search.Document;
import org.postbag.search.language.Clauses;

/** Turns our documents into Lucene's. Nothing is stored: what is shown is read from PostgreSQL. */
final class LuceneDocuments {

    private LuceneDocuments() {}

    static org.apache.lucene.document.Document of(Document document) {
        var lucene = new org.apache.lucene.document.Document();
        lucene.add(new StringField(Fields.ID, Long.toString(document.enquiryId()), Field.Store.NO));
        lucene.add(new NumericDocValuesField(Fields.ID, document.enquiryId()));
        lucene.add(new NumericDocValuesField(Fields.VERSION, document.version()));
        lucene.add(new NumericDocValuesField(Fields.CHECKSUM, document.checksum()));
        if (document.writtenAt() != null) {
            lucene.add(new NumericDocValuesField(
                    Fields.WRITTEN, document.writtenAt().toEpochMilli()));
        }
        lucene.add(new StringField(Fields.REFERENCE, Clauses.withoutDashes(document.reference()), Field.Store.NO));
        lucene.add(new LongPoint(Fields.RECEIVED, document.receivedAt().toEpochMilli()));
        lucene.add(
                new NumericDocValuesField(Fields.RECEIVED, document.receivedAt().toEpochMilli()));
        lucene.add(new LongPoint(Fields.KEPT_UNTIL, document.lastDay()));
        document.viewerValues().forEach(value -> lucene.add(new StringField(Document.VIEWERS, value, Field.Store.NO)));
        document.facets().forEach((facet, value) -> {
            lucene.add(new StringField(facet.code(), value, Field.Store.NO));
            lucene.add(new SortedDocValuesField(facet.code(), new BytesRef(value)));
        });
        document.sortedBy()
                .forEach((order, text) -> lucene.add(new SortedDocValuesField(order.field(), new BytesRef(text))));
        document.words()
                .forEach((place, values) ->
                        values.forEach(value -> lucene.add(new TextField(place.field(), value, Field.Store.NO))));
        return lucene;
    }
}
