package org.postbag.contacts.matching;

import java.util.Arrays;

/** Numbers that are collected. */
final class Ints {

    private int[] numbers;
    private int size;

    Ints(int expected) {
        numbers = new int[Math.max(16, expected)];
    }

    void add(int number) {
        if (size == numbers.length) {
            numbers = Arrays.copyOf(numbers, (int) Math.min(Integer.MAX_VALUE - 8L, size * 3L / 2));
        }
        numbers[size++] = number;
    }

    int size() {
        return size;
    }

    void copy(int[] to, int at) {
        System.arraycopy(numbers, 0, to, at, size);
    }
}
