package org.postbag.receiving;

import java.io.IOException;

/** The raw store answers, but what it holds of this one item is not what was stored, or was stored under another master key. */
public class DamagedRawItem extends IOException {

    private static final long serialVersionUID = 1L;

    public DamagedRawItem(ReceiptId id, Exception cause) {
        super("The raw file of receipt " + id.hex() + " is damaged", cause);
    }
}
