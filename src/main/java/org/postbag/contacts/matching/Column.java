package org.postbag.contacts.matching;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One field of all records: each record's value as a number, and each value once. */
final class Column {

    static final int NOTHING = -1;

    final Field field;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> texts = new ArrayList<>();
    private int[] values = new int[1024];
    private int size;
    private int[] counts = new int[0];
    private int[] letters = new int[0];
    private int filled;

    Column(Field field) {
        this.field = field;
    }

    void add(String written) {
        if (size == values.length) {
            values = Arrays.copyOf(values, size * 2);
        }
        var value = Normal.of(field.kind(), written);
        values[size++] = value.isEmpty() ? NOTHING : number(value);
    }

    private int number(String value) {
        var known = numbers.get(value);
        if (known != null) {
            return known;
        }
        numbers.put(value, texts.size());
        texts.add(value);
        return texts.size() - 1;
    }

    /** Nothing is added after this. */
    void close() {
        numbers.clear();
        values = Arrays.copyOf(values, size);
        counts = new int[texts.size()];
        letters = texts.stream().mapToInt(Column::letters).toArray();
        for (int value : values) {
            if (value != NOTHING) {
                counts[value]++;
                filled++;
            }
        }
    }

    /** Which letters stand in a text, a bit each; what is no letter from a to z shares the others. */
    private static int letters(String text) {
        int letters = 0;
        for (int i = 0; i < text.length(); i++) {
            letters |= 1 << text.charAt(i);
        }
        return letters;
    }

    /** How many letters stand in only one of two values: more than twice as many as there are edits between them they can't be. */
    static int lettersApart(Column one, int value, Column other, int otherValue) {
        return Integer.bitCount(one.letters[value] ^ other.letters[otherValue]);
    }

    int value(int record) {
        return values[record];
    }

    String text(int value) {
        return texts.get(value);
    }

    int distinct() {
        return texts.size();
    }

    int count(int value) {
        return counts[value];
    }

    /** How many records have a value at all. */
    int filled() {
        return filled;
    }
}
