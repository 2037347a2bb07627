package org.postbag.enquiries;

import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postbag.receiving.Channel;
import org.postbag.receiving.ReceiptId;

/** Items that could not be filed, raw and intact. Staff look, replay, or discard with a reason. Every change and every raw view is recorded. */
public interface Quarantine {

    /** For how many days a discarded item can be brought back. */
    int DISCARDED_DAYS = 30;

    /** Items in quarantine, or discarded ones that can still be brought back; newest first. For many, see {@link QuarantineFinding}. */
    List<Item> list(boolean discarded, int offset, int limit);

    long count(boolean discarded);

    Optional<Item> byId(ReceiptId id);

    /**
     * The raw bytes; the look is recorded. Empty where the item is not in quarantine (erased, filed, never there) or its raw file is missing.
     *
     * @throws IOException if the raw store is away
     */
    Optional<byte[]> raw(ReceiptId id, String actor) throws IOException;

    /** Files the item again under the same id, at once or, where a server is away, as soon as it is back, also after a crash. */
    Replayed replay(ReceiptId id, String actor);

    /** Takes it out of the way for a reason; it can be brought back for {@link #DISCARDED_DAYS} days, then it is erased. False where it is not in quarantine. */
    boolean discard(ReceiptId id, String reason, String actor);

    /** Undoes {@link #discard}; false where it is not discarded, or was erased. */
    boolean restore(ReceiptId id, String actor);

    /**
     * @param reasonCode short and stable, to group by
     * @param reason in words for staff, without personal data
     * @param tries how often filing failed
     * @param sourceRow its row in the export it came from, counted from 1 after the header, or null
     * @param keptUntil the last day on which it is kept
     * @param mended whether staff set something right of it
     */
    record Item(
            ReceiptId id,
            String reference,
            Channel channel,
            String route,
            Instant receivedAt,
            long size,
            @Nullable Integer sourceRow,
            ReceiptState state,
            String reasonCode,
            String reason,
            Instant quarantinedAt,
            int tries,
            LocalDate keptUntil,
            boolean mended,
            @Nullable String discardedBy,
            @Nullable Instant discardedAt,
            @Nullable String discardReason) {}

    /** What became of a replay. */
    sealed interface Replayed {

        record Filed(long enquiryId) implements Replayed {}

        /** It still cannot be read. */
        record QuarantinedAgain(String reason) implements Replayed {}

        /** A server is away; it is filed when that is back. */
        record Waiting() implements Replayed {}

        /** It belongs to somebody who was erased or restricted: it stays in quarantine. */
        record Refused(String reason) implements Replayed {}

        /** It is not in quarantine: someone else replayed, discarded or erased it. */
        record NotInQuarantine() implements Replayed {}
    }
}
