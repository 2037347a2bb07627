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

    int size() {
        return size;
    }

    long get(int i) {
        return numbers[i];
    }

    void sort() {
        Arrays.parallelSort(numbers, 0, size);
    }

    /** Each number once, in order. */
    long[] distinct() {
        sort();
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (i == 0 || numbers[i] != numbers[i - 1]) {
                numbers[kept++] = numbers[i];
            }
        }
        size = kept;
        return Arrays.copyOf(numbers, size);
    }
}
