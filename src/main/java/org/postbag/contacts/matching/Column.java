package org.postbag.contacts.matching;

/** One field of all records: each value once, by a number. */
final class Column {

    static final int NOTHING = -1;

    final Field field;
    final TextPool texts = new TextPool();
    private int[] counts = new int[0];
    private int filled;

    Column(Field field) {
        this.field = field;
    }

    /** @return the number of a value as written; {@link #NOTHING} where it says nothing */
    int number(String written) {
        var value = Normal.of(field.kind(), written);
        if (value.isEmpty()) {
            return NOTHING;
        }
        return texts.number(value);
    }

    /** Nothing is added after this; then records' values are counted. */
    void close() {
        texts.close();
        counts = new int[texts.size()];
    }

    void count(int value) {
        if (value != NOTHING) {
            counts[value]++;
            filled++;
        }
    }

    String text(int value) {
        return texts.text(value);
    }

    int distinct() {
        return texts.size();
    }

    /** How many records have a value. */
    int countOf(int value) {
        return counts[value];
    }

    /** How many records have a value at all. */
    int filled() {
        return filled;
    }
}
