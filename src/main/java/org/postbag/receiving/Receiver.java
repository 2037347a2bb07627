package org.postbag.receiving;

import java.util.List;

/** The way in, called by every route. */
public interface Receiver {

    /**
     * The largest content of an item: what the largest mail servers pass on, and what can be held in memory a few times. A route looks at the size before
     * it hands an item over. What is larger is refused where someone waits for the answer (413); of a mail the beginning is taken in, and filing puts it
     * in quarantine.
     */
    int CONTENT_BYTES_MAX = 100 * 1024 * 1024;

    /**
     * Takes in the items of one poll, upload or request: works out each one's receipt id, stores the raw bytes in parallel, and sends the receipts
     * together (acks=all). On return every item is durable and the source may be acknowledged. A repeat is stored once and answered alike.
     *
     * @return one acknowledgement an item, in the order given
     * @throws IllegalArgumentException if an item is larger than {@link #CONTENT_BYTES_MAX}: none was taken in
     * @throws ReceivingUnavailable if the raw store or Kafka is away: nothing may be acknowledged, and the source keeps the items for another try
     */
    List<Acknowledgement> receive(List<Arrival> arrivals);
}
