package org.postbag.contacts.matching;

import java.util.Arrays;

/** Numbers that are collected, then sorted. */
final class Longs {

    private long[] numbers;
    private int size;

    Longs(int expected) {
        numbers = new long[Math.max(16, expected)];
    }

    void add(long number) {
        if (size == numbers.length) {
            numbers = Arrays.copyOf(numbers, (int) Math.min(Integer.MAX_VALUE - 8L, size * 3L / 2));
        }
        numbers[size++] = number;
    }

    void addAll(Longs more) {
        if (size + more.size > numbers.length) {
            numbers = Arrays.copyOf(numbers, size + more.size);
        }
        System.arraycopy(more.numbers, 0, numbers, size, more.size);
        size += more.size;
    }

    int size() {
        return size;
    }

    long get(int i) {
        return numbers[i];
    }

    void sort() {
        Arrays.sort(numbers, 0, size);
    }

    /** In order, each number once. */
    void sortOnce() {
        sort();
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (i == 0 || numbers[i] != numbers[i - 1]) {
                numbers[kept++] = numbers[i];
            }
        }
        size = kept;
    }

    long[] distinct() {
        sortOnce();
        return Arrays.copyOf(numbers, size);
    }
}
