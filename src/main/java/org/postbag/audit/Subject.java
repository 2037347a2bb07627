package org.postbag.audit;

import java.util.UUID;

/** What an audit event is about: {@code contact} and its id, {@code enquiry} and its id, {@code receipt}, {@code staff}, {@code route}, {@code search}, ... Ids hold no personal data. */
public record Subject(String kind, String id) {

    public static Subject contact(long id) {
        return new Subject("contact", Long.toString(id));
    }

    public static Subject enquiry(long id) {
        return new Subject("enquiry", Long.toString(id));
    }

    public static Subject receipt(String id) {
        return new Subject("receipt", id);
    }

    /** What was asked of the search index, by the id it is kept under. */
    public static Subject search(UUID id) {
        return new Subject("search", id.toString());
    }

    /** There is one. */
    public static Subject searchIndex() {
        return new Subject("search-index", "all");
    }

    /** A member of staff by id, or {@code unknown}. */
    public static Subject staff(String id) {
        return new Subject("staff", id);
    }
}
