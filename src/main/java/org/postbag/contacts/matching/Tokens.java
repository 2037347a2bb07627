package org.postbag.contacts.matching;

import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;

/**
 * What each record may be found by: pieces of its values that a slip of the pen leaves whole, as numbers. The pieces of given and family names are the same,
 * so that swapped names are found. They are worked out again each time, which costs less than the memory that keeping them would take.
 */
final class Tokens {

    /** How many records have a piece is counted by the first bits of its number: two pieces may be counted as one, so that it is never too few. */
    private static final int COUNTED_BITS_MAX = 26;

    private static final int CHUNK = 1 << 14;
    private static final int NAME_PLACE = -1;

    private final ContactTable table;
    private final List<Column> columns;
    private final AtomicIntegerArray counts;
    private final int shift;

    Tokens(ContactTable table) {
        this.table = table;
        columns = table.columns();
        int bits = Math.min(COUNTED_BITS_MAX, 36 - Integer.numberOfLeadingZeros(Math.max(1, table.size())));
        counts = new AtomicIntegerArray(1 << bits);
        shift = Long.SIZE - bits;
        for (int i = 0; i < columns.size(); i++) {
            count(columns.get(i), i);
        }
    }

    private void count(Column column, int place) {
        IntStream.range(0, (column.distinct() + CHUNK - 1) / CHUNK).parallel().forEach(chunk -> {
            var reading = new Reading();
            for (int value = chunk * CHUNK; value < Math.min(column.distinct(), (chunk + 1) * CHUNK); value++) {
                reading.readValue(place, value);
                for (int i = 0; i < reading.size; i++) {
                    counts.getAndAdd((int) (reading.tokens[i] >>> shift), column.countOf(value));
                }
            }
        });
    }

    int count(long token) {
        return counts.getPlain((int) (token >>> shift));
    }

    /** The pieces of one value after another; of one thread. */
    final class Reading {
        final long[] tokens = new long[Normal.VALUE_CHARACTERS_MAX];
        int size;
        private final Written written = new Written();
        private long place;

        /** Of one value of a record; none where it says nothing. */
        void read(int record, int column) {
            int value = table.value(record, column);
            if (value == Column.NOTHING) {
                size = 0;
            } else {
                readValue(column, value);
            }
        }

        void readValue(int column, int value) {
            size = 0;
            var of = columns.get(column);
            var kind = of.field.kind();
            written.refill(kind, of.texts, value);
            place = kind == Field.Kind.NAME ? NAME_PLACE : column;
            int length = written.length;
            switch (kind) {
                case NAME -> name(length);
                case PLACE -> place(length);
                case DATE -> date(length);
                case EMAIL -> email(length);
                case NUMBER -> number(length);
                case WORDS -> words(length);
            }
        }

        private void name(int length) {
            sound();
            anyOrder();
            if (length >= 3) {
                part('b', 0, 3);
                part('e', length - 3, length);
            }
        }

        private void place(int length) {
            anyOrder();
            if (!Character.isDigit(written.letters[0])) {
                sound();
                part('b', 0, Math.min(4, length));
            }
        }

        private void date(int length) {
            part('d', 0, length);
            if (length == 8) {
                part('m', 0, 6);
                part('y', 0, 4);
                part('n', 4, 8);
            }
        }

        private void email(int length) {
            anyOrder();
            int at = 0;
            while (at < length && written.letters[at] != '@') {
                at++;
            }
            if (at > 0 && at < length) {
                part('p', 0, at);
                part('h', at, length);
            }
            part('b', 0, Math.min(4, length));
            part('e', Math.max(0, length - 6), length);
        }

        private void number(int length) {
            part('w', 0, length);
            if (length >= 6) {
                part('b', 0, length / 2);
                part('e', length / 2, length);
            }
        }

        private void words(int length) {
            for (int i = 0; i < written.wordCount; i++) {
                add('w', written.words[i]);
            }
            part('b', 0, Math.min(5, length));
            part('e', Math.max(0, length - 6), length);
        }

        private void part(char what, int from, int to) {
            long hash = 0;
            for (int i = from; i < to; i++) {
                hash = with(hash, written.letters[i]);
            }
            add(what, hash);
        }

        /** The same for the same letters in another order. */
        private void anyOrder() {
            long sum = 0;
            for (int i = 0; i < written.length; i++) {
                sum += mixed(written.letters[i]);
            }
            add('l', sum);
        }

        /** Texts that sound alike in English or Welsh often share it: the first letter and the groups of consonants, as in Soundex, to five signs. */
        private void sound() {
            long code = written.letters[0];
            int last = Texts.group(written.letters[0]);
            int signs = 1;
            for (int i = 1; i < written.length && signs < 5; i++) {
                int group = Texts.group(written.letters[i]);
                if (group != 0 && group != last) {
                    code = with(code, (char) group);
                    signs++;
                }
                last = group;
            }
            add('s', code);
        }

        private void add(char what, long hash) {
            long token = mixed(hash + what * 0x9e3779b97f4a7c15L + place * 0xd6e8feb86659fd93L);
            for (int i = 0; i < size; i++) {
                if (tokens[i] == token) {
                    return;
                }
            }
            tokens[size++] = token;
        }
    }

    static long with(long hash, char letter) {
        return (hash ^ letter) * 0x9e3779b97f4a7c15L ^ hash >>> 29;
    }

    /** Of one piece by itself; it is kept in the database, so that it must stay as it is. */
    static long hash(String piece) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < piece.length(); i++) {
            hash = (hash ^ piece.charAt(i)) * 0x100000001b3L;
        }
        return mixed(hash);
    }

    static long mixed(long number) {
        long mixed = (number ^ number >>> 33) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ mixed >>> 33;
    }
}
