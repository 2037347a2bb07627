package org.postbag.receiving;

import java.util.List;
import org.springframework.stereotype.Component;

/** Makes what a member of staff noted an arrival, for the by-hand connector. */
@Component("handArrivals")
class HandArrivals {

    public List<Arrival> arrivals(HandNote note, String route) {
        return List.of(Identity.byHand(route, note.key(), note.toJson()));
    }
}
