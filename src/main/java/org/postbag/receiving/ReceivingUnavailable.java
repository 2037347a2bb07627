package org.postbag.receiving;

/** The raw store or Kafka is away: nothing was acknowledged, and the source keeps its items for another try. */
public class ReceivingUnavailable extends RuntimeException {

    public ReceivingUnavailable(String what, Throwable cause) {
        super(what, cause);
    }
}
