package org.postbag.contacts.matching;

import java.util.Arrays;

/**
 * Compares two records of a table, field by field. A comparison's outcome is packed into a number, three bits a field: 0 where one says nothing, else the
 * level and one; the last field says whether given and family name stand the other way round. Of one thread: each makes its own.
 */
final class Comparing {

    static final int BITS = 3;
    static final int UNKNOWN = -2;
    private static final int MASK = (1 << BITS) - 1;
    /** Swapped names are believed where they fit so much better. */
    private static final int SWAP_GAIN_MIN = 3;

    private final ContactTable table;
    private final Column[] columns;
    private final Written[] written;
    private final Written[] otherWritten;
    private final int given;
    private final int family;
    private final Frequencies frequencies;

    /** How common values are is counted in the table. */
    Comparing(ContactTable table) {
        this(table, Frequencies.of(table));
    }

    Comparing(ContactTable table, Frequencies frequencies) {
        this.table = table;
        this.frequencies = frequencies;
        columns = table.columns().toArray(Column[]::new);
        written = new Written[columns.length];
        otherWritten = new Written[columns.length];
        Arrays.setAll(written, _ -> new Written());
        Arrays.setAll(otherWritten, _ -> new Written());
        given = first(Field.GIVEN_NAME);
        family = first(Field.FAMILY_NAME);
    }

    private int first(Field field) {
        for (int i = 0; i < columns.length; i++) {
            if (columns[i].field == field) {
                return i;
            }
        }
        return -1;
    }

    /** How many outcomes there are: the fields, and whether the names are swapped. */
    int count() {
        return columns.length + 1;
    }

    /** {@code -1} where one says nothing. */
    static int level(long pattern, int field) {
        return (int) (pattern >>> field * BITS & MASK) - 1;
    }

    boolean isSwapped(long pattern) {
        return level(pattern, columns.length) == 1;
    }

    long pattern(int one, int other) {
        long pattern = 0;
        for (int i = 0; i < columns.length; i++) {
            pattern |= packed(i, one, other);
        }
        return named(pattern, one, other);
    }

    /** One field's place in a pattern. */
    long packed(int field, int one, int other) {
        return (long) (level(field, one, field, other) + 1) << field * BITS;
    }

    /** A pattern of all other fields, with the names. */
    long withNames(long pattern, int one, int other) {
        return given >= 0 && family >= 0
                ? named(pattern | packed(given, one, other) | packed(family, one, other), one, other)
                : pattern;
    }

    /** The pattern, with the names the other way round where they so fit better. */
    long named(long pattern, int one, int other) {
        return given >= 0 && family >= 0 ? swapped(pattern, one, other) : pattern;
    }

    /** The level without a look at the texts: that one says nothing, or both have the same value, or they have nothing in common; else {@link #UNKNOWN}. */
    int glance(int field, int one, int other) {
        return glance(field, one, field, other);
    }

    private int glance(int field, int one, int otherField, int other) {
        int value = table.value(one, field);
        int otherValue = table.value(other, otherField);
        if (value == Column.NOTHING || otherValue == Column.NOTHING) {
            return -1;
        }
        if (field == otherField && value == otherValue) {
            return Likeness.EQUAL;
        }
        return Signature.mayBeAlike(
                        columns[field].field.kind(), table.signature(one, field), table.signature(other, otherField))
                ? UNKNOWN
                : Likeness.NONE;
    }

    /** Reads something of a record's values, so that they are near when they are needed; what it is means nothing. */
    long touched(int record) {
        return table.value(record, 0)
                + table.signature(record, 0)
                + table.signature(record, columns.length / 2)
                + table.signature(record, columns.length - 1);
    }

    /** As {@link #touched}, of a value's text. */
    int touchedText(int field, int record) {
        return Signature.isWhole(columns[field].field.kind(), table.signature(record, field))
                ? 0
                : columns[field].texts.touched(table.value(record, field));
    }

    /** Whether given and family name might stand the other way round, as far as a glance tells. */
    boolean mayBeSwapped(int one, int other) {
        return glance(given, one, family, other) == UNKNOWN || glance(family, one, given, other) == UNKNOWN;
    }

    boolean isName(int field) {
        return family >= 0 && given >= 0 && (field == given || field == family);
    }

    private int level(int field, int one, int otherField, int other) {
        int glance = glance(field, one, otherField, other);
        return glance == UNKNOWN ? levelOfTexts(field, one, otherField, other) : glance;
    }

    private int levelOfTexts(int field, int one, int otherField, int other) {
        var first = written[field];
        var second = otherWritten[otherField];
        first.fill(columns[field], table.value(one, field), table.signature(one, field));
        second.fill(columns[otherField], table.value(other, otherField), table.signature(other, otherField));
        return field != otherField && first.isSame(second)
                ? Likeness.EQUAL
                : Likeness.of(columns[field].field.kind(), first, second);
    }

    private long swapped(long pattern, int one, int other) {
        long marked = pattern | 1L << columns.length * BITS;
        int straight = Math.max(0, level(pattern, given)) + Math.max(0, level(pattern, family));
        if (straight > Likeness.EQUAL + Likeness.FAINT) {
            return marked;
        }
        int first = level(given, one, family, other);
        int second = level(family, one, given, other);
        boolean better = Math.max(first, second) >= Likeness.NEAR
                && Math.max(0, first) + Math.max(0, second) >= straight + SWAP_GAIN_MIN;
        if (!better) {
            return marked;
        }
        long without = pattern & ~((long) MASK << given * BITS) & ~((long) MASK << family * BITS);
        return without
                | (long) (first + 1) << given * BITS
                | (long) (second + 1) << family * BITS
                | 2L << columns.length * BITS;
    }

    /** Whether they can't be one person: they were born on quite different days. */
    boolean conflict(long pattern) {
        for (int field = 0; field < columns.length; field++) {
            if (columns[field].field == Field.DATE_OF_BIRTH && level(pattern, field) == Likeness.NONE) {
                return true;
            }
        }
        return false;
    }

    /** See {@link Frequencies#of(int, int)}. */
    double frequency(int field, int record) {
        return frequencies.of(field, record);
    }

    Field field(int field) {
        return columns[field].field;
    }

    int fields() {
        return columns.length;
    }
}
