package org.postbag.receiving;

/**
 * What {@link Receiver#receive} answers for each item, in order. The source may be acknowledged: the item's raw bytes and its receipt are durable.
 *
 * @param known whether the raw store had the item before; {@code receipt} is then the first one's, so that a repeat gets the same answer
 */
public record Acknowledgement(Receipt receipt, boolean known) {}
