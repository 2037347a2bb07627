package org.postbag.contacts.matching;

/** @param weight what the field adds to the natural logarithm of the odds */
public record FieldWeight(Field field, Level level, double weight) {}
