package org.postbag.backlog;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postbag.receiving.Arrival;
import org.postbag.receiving.Direction;
import org.postbag.receiving.ExportRow;
import org.postbag.receiving.Identity;
import org.postbag.receiving.Profile;
import org.postbag.receiving.Receipt;
import org.postbag.receiving.exports.RowItem;

/** Items of a backlog that are taken in together: all of them, or, where a server is away, perhaps some, which are known when they come again. */
public record Batch(Kind kind, List<Item> items) {

    public static final int ITEMS_MAX = 500;
    /** One larger item is a batch of its own. */
    public static final int BYTES_MAX = 8 * 1024 * 1024;

    public Batch {
        items = List.copyOf(items);
    }

    /** What its items are. */
    public sealed interface Kind {

        /**
         * Mails.
         *
         * @param direction outbound for what we sent
         * @param junk whether they lay where the mail server puts what it takes for spam
         */
        record Mails(Direction direction, boolean junk) implements Kind {}

        /**
         * Rows of an export, read by that profile.
         *
         * @param file what tells its file from others: rows of one are of one list. Null where they are of none that is known
         */
        record Rows(Profile profile, @Nullable String file) implements Kind {}
    }

    /**
     * One item.
     *
     * @param content a mail as it was, or a row as {@link ExportRow} stores it
     * @param reachedAt when it reached the body, or null where nothing tells
     * @param row its number in the export, from 1; of a mail 0
     * @param place how many equal rows without an id come before it
     */
    public record Item(byte[] content, @Nullable Instant reachedAt, int row, int place) {

        public static Item mail(byte[] content, @Nullable Instant reachedAt) {
            return new Item(content, reachedAt, 0, 0);
        }

        public static Item row(RowItem row, @Nullable Instant reachedAt) {
            return new Item(row.row().json(), reachedAt, row.number(), row.place());
        }
    }

    /**
     * The item as it would come by its channel, so that it is known however it comes again.
     *
     * @return empty where it is no row of an export
     */
    public Optional<Arrival> arrival(Item item) {
        var arrival = switch (kind) {
            case Kind.Mails(var direction, var junk) -> {
                var mail = Identity.mail(Receipt.BACKLOG_ROUTE, direction, item.content());
                yield Optional.of(junk ? mail.asJunk() : mail);
            }
            case Kind.Rows(var profile, var file) ->
                ExportRow.parse(item.content())
                        .map(row -> new RowItem(item.row(), item.place(), row)
                                .arrival(Receipt.BACKLOG_ROUTE, profile, file));
        };
        return arrival.map(one -> one.reachedAt(item.reachedAt()));
    }
}
