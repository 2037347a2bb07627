package org.postbag.contacts.matching;

/**
 * A pair of records that was looked at closely.
 *
 * @param one the smaller number
 * @param logOdds natural logarithm of the odds that they are one person, by all that their groups say
 */
record Decided(int one, int other, double logOdds, boolean same) {}
