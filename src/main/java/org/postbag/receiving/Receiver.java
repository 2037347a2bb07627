package org.postbag.receiving;

import java.util.List;

/** The way in, called by every route. */
public interface Receiver {

    /**
     * Takes in the items of one poll, upload or request: works out each one's receipt id, stores the raw bytes in parallel, and sends the receipts
     * together (acks=all). On return every item is durable and the source may be acknowledged. A repeat is stored once and answered alike.
     *
     * @return one acknowledgement an item, in the order given
     * @throws ReceivingUnavailable if the raw store or Kafka is away: nothing may be acknowledged, and the source keeps the items for another try
     */
    List<Acknowledgement> receive(List<Arrival> arrivals);
}
