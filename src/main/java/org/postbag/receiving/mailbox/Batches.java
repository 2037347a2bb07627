package org.postbag.receiving.mailbox;

import java.util.ArrayList;
import java.util.List;
import org.postbag.receiving.mailbox.Mailbox.Listed;

/** Cuts what lies in a mailbox into batches, in its order: not too many mails and not too many bytes each. */
final class Batches {

    private static final int MAILS_MAX = 200;
    /** Held about three times at once: Angus's buffer, our copy, and what is being sealed. */
    private static final long BYTES_MAX = 16L * 1024 * 1024;

    private Batches() {}

    static List<List<Listed>> of(List<Listed> mails) {
        var batches = new ArrayList<List<Listed>>();
        List<Listed> batch = new ArrayList<>();
        long bytes = 0;
        for (Listed mail : mails) {
            if (!batch.isEmpty() && (batch.size() == MAILS_MAX || bytes + mail.size() > BYTES_MAX)) {
                batches.add(batch);
                batch = new ArrayList<>();
                bytes = 0;
            }
            batch.add(mail);
            bytes += mail.size();
        }
        if (!batch.isEmpty()) {
            batches.add(batch);
        }
        return batches;
    }
}
