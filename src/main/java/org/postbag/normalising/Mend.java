package org.postbag.normalising;

import java.nio.charset.Charset;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import org.postbag.receiving.Receipt;

/**
 * What staff set right of an item whose bytes say it wrongly, or not at all. The bytes stay as they came; whoever reads them applies this.
 *
 * @param charset that the text of a mail is in, whatever it says itself
 * @param profile the name of the profile that reads a row of an export, instead of the one it came with
 * @param sender who sent it
 */
public record Mend(
        @Nullable Charset charset,
        @Nullable String profile,
        @Nullable Sender sender) {

    public static final Mend NONE = new Mend(null, null, null);

    static final String SENDER_SET =
            "Who sent it was set by staff: the item itself doesn't say it, or says it wrongly.";

    public boolean isNone() {
        return equals(NONE);
    }

    Receipt applied(Receipt receipt) {
        return profile == null ? receipt : receipt.readBy(profile);
    }

    /** An item that can't be read, or that is an entry of a list, has no sender to be set. */
    Reading applied(Reading read) {
        if (sender == null || !(read instanceof Message message)) {
            return read;
        }
        var damaged = new ArrayList<>(message.damaged());
        damaged.add(SENDER_SET);
        return message.from(sender, damaged);
    }
}
