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

/** Turns our documents into Lucene's. Nothing is stored: what is shown is read from PostgreSQL. */
final class LuceneDocuments {

    private static final Pattern NUMBER = Pattern.compile("\\+?[\\d\\s().\\-/]{5,40}");
    static final String YES = "yes";
    private static final int SHORT_IDENTIFIER_LENGTH_MAX = 10;

    private LuceneDocuments() {}

    static org.apache.lucene.document.Document of(Document document) {
        var lucene = new org.apache.lucene.document.Document();
        lucene.add(new StringField(Fields.ID, Long.toString(document.enquiryId()), Field.Store.NO));
        lucene.add(new NumericDocValuesField(Fields.ID, document.enquiryId()));
        lucene.add(new NumericDocValuesField(Fields.VERSION, document.version()));
        lucene.add(new StringField(Fields.REFERENCE, withoutDashes(document.reference()), Field.Store.NO));
        lucene.add(new LongPoint(Fields.RECEIVED, document.receivedAt().toEpochMilli()));
        lucene.add(
                new NumericDocValuesField(Fields.RECEIVED, document.receivedAt().toEpochMilli()));
        filter(lucene, Fields.CHANNEL, document.channel());
        filter(lucene, Fields.CATEGORY, document.category());
        if (document.automatic()) {
            lucene.add(new StringField(Fields.AUTOMATIC, YES, Field.Store.NO));
        }
        if (document.subject() != null) {
            words(lucene, Fields.SUBJECT, document.subject());
        }
        words(lucene, Fields.TEXT, document.text());
        document.names().forEach(name -> words(lucene, Fields.NAMES, name));
        document.names().stream()
                .filter(name -> name.indexOf('\'') >= 0 || name.indexOf('\u2019') >= 0)
                .forEach(name -> words(lucene, Fields.NAMES, name.replaceAll("['\u2019]", "")));
        document.identifiers().stream()
                .flatMap(identifier -> written(identifier).stream())
                .forEach(way -> words(lucene, Fields.IDENTIFIERS, way));
        document.attachmentNames().forEach(name -> words(lucene, Fields.ATTACHMENTS, name));
        return lucene;
    }

    static String withoutDashes(String reference) {
        return reference.replace("-", "");
    }

    /** The digits that a number is found by: with its country's code, and as it is dialled at home. */
    static List<String> digits(Telephone telephone) {
        return List.of(digits(telephone.e164()), digits(telephone.shown()));
    }

    /** The ways in which an identifier is looked for. */
    private static List<String> written(String identifier) {
        var telephone =
                NUMBER.matcher(identifier).matches() ? Telephone.parse(identifier) : Optional.<Telephone>empty();
        if (telephone.isPresent()) {
            return digits(telephone.get());
        }
        var ways = new ArrayList<>(List.of(identifier));
        if (identifier.length() <= SHORT_IDENTIFIER_LENGTH_MAX && identifier.indexOf(' ') >= 0) {
            ways.add(identifier.replace(" ", "")); // a postcode is typed either way
        }
        return ways;
    }

    private static String digits(String written) {
        return written.replaceAll("\\D", "");
    }

    private static void filter(org.apache.lucene.document.Document lucene, String field, String value) {
        lucene.add(new SortedDocValuesField(field, new BytesRef(value)));
    }

    private static void words(org.apache.lucene.document.Document lucene, String field, String value) {
        lucene.add(new TextField(field, value, Field.Store.NO));
    }
}
