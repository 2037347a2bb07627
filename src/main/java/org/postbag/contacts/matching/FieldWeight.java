package org.postbag.contacts.matching;

/**
 * What one field tells of whether two contacts are one person.
 *
 * @param weight natural logarithm: above 0 it speaks for one person, below 0 against; 0 where one says nothing
 */
public record FieldWeight(Field field, Level level, double weight) {}
