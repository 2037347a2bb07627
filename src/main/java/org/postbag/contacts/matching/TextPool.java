package org.postbag.contacts.matching;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/**
 * Texts, each once and by a number, from 0 in the order in which they came. They are kept as UTF-8 one behind another: as strings in a map, those of millions
 * of records would take five times the memory.
 */
public final class TextPool {

    private byte[] bytes = new byte[1 << 12];
    private int[] ends = new int[1 << 8];
    private int size;
    /** By hash: a text's number and one, or 0. Each text stands in the first free place from its own on. */
    private int[] places = new int[1 << 9];

    /** @return the number of the text, a new one where it wasn't known: then it is {@link #size} as it was before */
    public int number(String text) {
        byte[] written = text.getBytes(UTF_8);
        int place = Arrays.hashCode(written);
        place = mixed(place) & places.length - 1;
        while (places[place] != 0) {
            int known = places[place] - 1;
            if (Arrays.equals(bytes, start(known), ends[known], written, 0, written.length)) {
                return known;
            }
            place = place + 1 & places.length - 1;
        }
        append(written);
        places[place] = size;
        if (size * 2L > places.length) {
            spread();
        }
        return size - 1;
    }

    private void append(byte[] written) {
        int start = size == 0 ? 0 : ends[size - 1];
        int end = Math.addExact(start, written.length);
        if (end > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(end, bytes.length * 3L / 2)));
        }
        System.arraycopy(written, 0, bytes, start, written.length);
        if (size == ends.length) {
            ends = Arrays.copyOf(ends, size + size / 2);
        }
        ends[size++] = end;
    }

    private void spread() {
        places = new int[places.length * 2];
        for (int text = 0; text < size; text++) {
            int hash = 1;
            for (int i = start(text); i < ends[text]; i++) {
                hash = 31 * hash + bytes[i];
            }
            int place = mixed(hash) & places.length - 1;
            while (places[place] != 0) {
                place = place + 1 & places.length - 1;
            }
            places[place] = text + 1;
        }
    }

    private static int mixed(int hash) {
        int mixed = hash * 0x9e3779b9;
        return mixed ^ mixed >>> 15;
    }

    /** No text is looked up after this; they can still be read. */
    public void close() {
        places = new int[0];
        bytes = Arrays.copyOf(bytes, size == 0 ? 0 : ends[size - 1]);
        ends = Arrays.copyOf(ends, size);
    }

    public int size() {
        return size;
    }

    public String text(int number) {
        return new String(bytes, start(number), ends[number] - start(number), UTF_8);
    }

    private int start(int number) {
        return number == 0 ? 0 : ends[number - 1];
    }

    /** Reads of a text, so that it is near when it is needed; what it is means nothing. */
    int touched(int number) {
        return bytes[start(number)];
    }

    /** @return how many letters were put into {@code letters} */
    int letters(int number, char[] letters) {
        int start = start(number);
        int length = ends[number] - start;
        for (int i = 0; i < length; i++) {
            byte letter = bytes[start + i];
            if (letter < 0 || i == letters.length) {
                var text = text(number);
                int most = Math.min(text.length(), letters.length);
                text.getChars(0, most, letters, 0);
                return most;
            }
            letters[i] = (char) letter;
        }
        return length;
    }
}
