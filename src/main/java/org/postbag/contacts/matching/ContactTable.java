package org.postbag.contacts.matching;

import java.util.ArrayList;
import java.util.List;

/** Records to be compared, field by field. Filled by {@link #add}, then {@link #close closed}. */
public final class ContactTable {

    /** As many comparisons fit into one number: see Comparing. */
    public static final int FIELDS_MAX = 18;

    private final List<Column> columns = new ArrayList<>();
    private int size;

    /** @param fields at most {@link #FIELDS_MAX}; a field may stand there several times */
    public ContactTable(List<Field> fields) {
        if (fields.isEmpty() || fields.size() > FIELDS_MAX) {
            throw new IllegalArgumentException("From 1 to " + FIELDS_MAX + " fields");
        }
        fields.forEach(field -> columns.add(new Column(field)));
    }

    /** @param values one for each field, as written; empty for none */
    public void add(List<String> values) {
        for (int i = 0; i < columns.size(); i++) {
            columns.get(i).add(values.get(i));
        }
        size++;
    }

    public void close() {
        columns.forEach(Column::close);
    }

    public int size() {
        return size;
    }

    List<Column> columns() {
        return columns;
    }

    int fields() {
        return columns.size();
    }
}
