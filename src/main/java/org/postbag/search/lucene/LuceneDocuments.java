package org.postbag.search.lucene;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.util.BytesRef;
import org.postbag.normalising.Telephone;
import org.postbag.search.Document;
import org.postbag.search.language.Clauses;
import org.postbag.search.language.Place;

/** Turns our documents into Lucene's. Nothing is stored: what is shown is read from PostgreSQL. */
final class LuceneDocuments {

    private static final Pattern NUMBER = Pattern.compile("\\+?[\\d\\s().\\-/]{5,40}");
    private static final int SHORT_IDENTIFIER_LENGTH_MAX = 10;

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
        document.names().forEach(name -> words(lucene, Place.NAMES, name));
        document.names().stream()
                .filter(name -> name.indexOf('\'') >= 0 || name.indexOf('\u2019') >= 0)
                .forEach(name -> words(lucene, Place.NAMES, name.replaceAll("['\u2019]", "")));
        document.identifiers().stream()
                .flatMap(identifier -> written(identifier).stream())
                .forEach(way -> words(lucene, Place.IDENTIFIERS, way));
        document.attachmentNames().forEach(name -> words(lucene, Place.ATTACHMENTS, name));
        return lucene;
    }

    /** The ways in which an identifier is looked for. */
    private static List<String> written(String identifier) {
        var telephone =
                NUMBER.matcher(identifier).matches() ? Telephone.parse(identifier) : Optional.<Telephone>empty();
        if (telephone.isPresent()) {
            return Clauses.digits(telephone.get());
        }
        var ways = new ArrayList<>(List.of(identifier));
        if (identifier.length() <= SHORT_IDENTIFIER_LENGTH_MAX && identifier.indexOf(' ') >= 0) {
            ways.add(identifier.replace(" ", "")); // a postcode is typed either way
        }
        return ways;
    }

    private static void words(org.apache.lucene.document.Document lucene, Place place, String value) {
        lucene.add(new TextField(place.field(), value, Field.Store.NO));
    }
}
