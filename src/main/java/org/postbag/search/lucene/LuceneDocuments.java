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
import org.postbag.search.language.Place;
import org.postbag.search.language.Written;

/** Turns our documents into Lucene's. Nothing is stored: what is shown is read from PostgreSQL. */
final class LuceneDocuments {

    private LuceneDocuments() {}

    static org.apache.lucene.document.Document of(Document document) {
        var lucene = new org.apache.lucene.document.Document();
        lucene.add(new StringField(Fields.ID, Long.toString(document.enquiryId()), Field.Store.NO));
        lucene.add(new NumericDocValuesField(Fields.ID, document.enquiryId()));
        lucene.add(new NumericDocValuesField(Fields.VERSION, document.version()));
        lucene.add(new StringField(Fields.REFERENCE, Clauses.withoutDashes(document.reference()), Field.Store.NO));
        lucene.add(new LongPoint(Fields.RECEIVED, document.receivedAt().toEpochMilli()));
        lucene.add(
                new NumericDocValuesField(Fields.RECEIVED, document.receivedAt().toEpochMilli()));
        document.facets().forEach((facet, value) -> {
            lucene.add(new StringField(facet.code(), value, Field.Store.NO));
            lucene.add(new SortedDocValuesField(facet.code(), new BytesRef(value)));
        });
        if (document.subject() != null) {
            words(lucene, Place.SUBJECT, document.subject());
        }
        words(lucene, Place.TEXT, document.text());
        Written.names(document.names()).forEach(name -> words(lucene, Place.NAMES, name));
        Written.identifiers(document.identifiers()).forEach(way -> words(lucene, Place.IDENTIFIERS, way));
        document.attachmentNames().forEach(name -> words(lucene, Place.ATTACHMENTS, name));
        return lucene;
    }

    private static void words(org.apache.lucene.document.Document lucene, Place place, String value) {
        lucene.add(new TextField(place.field(), value, Field.Store.NO));
    }
}
