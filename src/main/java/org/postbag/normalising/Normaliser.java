package org.postbag.normalising;

import org.postbag.receiving.Receipt;

/** Reads a raw item with the reader that fits its channel and profile. Pure, and safe to call from many threads. */
public interface Normaliser {

    /** Never throws for what the item holds: what cannot be read is {@link Unreadable}. */
    Reading normalise(Receipt receipt, byte[] content);

    /** The same, with what staff set right of it. */
    default Reading normalise(Receipt receipt, byte[] content, Mend mend) {
        return mend.applied(normalise(mend.applied(receipt), content));
    }

    /** The same, for its HTML and its files: what takes long and was stored when it was filed, the text of a scan, may be left out. */
    default Reading again(Receipt receipt, byte[] content) {
        return normalise(receipt, content);
    }

    /** Likewise, with what staff set right of it. */
    default Reading again(Receipt receipt, byte[] content, Mend mend) {
        return mend.isNone() ? again(receipt, content) : normalise(receipt, content, mend);
    }
}
