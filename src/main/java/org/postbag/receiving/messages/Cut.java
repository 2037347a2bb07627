package org.postbag.receiving.messages;

import java.util.List;
import org.postbag.receiving.Arrival;

/** What comes of cutting a delivery of a platform into items. */
public sealed interface Cut {

    /**
     * @param items one a thing that somebody did, each with the data of that one person only
     * @param passedOver how many things it told that are no items: that something was delivered or read, and echoes of what we sent
     */
    record Items(List<Arrival> items, int passedOver) implements Cut {

        public Items {
            items = List.copyOf(items);
        }
    }

    /** @param why in words, without personal data */
    record Malformed(String why) implements Cut {}
}
