package org.postbag.normalising;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import org.postbag.receiving.Channel;
import org.postbag.receiving.ExportRow;
import org.postbag.receiving.Profile;
import org.postbag.receiving.Profile.Field;
import org.postbag.receiving.Receipt;

/** Reads one row of an export, as {@link ExportRow} stores it: what any row needs, before it is read as a call, a message or an entry of a list. */
final class RowReader {

    private static final int CELL_CHARACTERS_MAX = 100_000;
    private static final Instant TIME_MIN = Instant.parse("1990-01-01T00:00:00Z");
    private static final Duration AHEAD_MAX = Duration.ofDays(2);

    private RowReader() {}

    static Reading read(Receipt receipt, byte[] content, Profile profile) {
        var row = ExportRow.parse(content);
        if (row.isEmpty()) {
            return new Unreadable("not-a-row", "This is not a row of an export");
        }
        return switch (row.get()) {
            case ExportRow.Damaged damagedRow -> unreadable(damagedRow);
            case ExportRow.Whole whole -> read(receipt, new RowCells(profile, whole));
        };
    }

    private static Unreadable unreadable(ExportRow.Damaged row) {
        var code = row.fault().code();
        return switch (row.fault()) {
            case UNCLOSED_QUOTE -> new Unreadable(code, "A quotation mark opens in the row and is never closed");
            case TEXT_AFTER_QUOTE ->
                new Unreadable(code, "There is text after a closing quotation mark, so the cells can't be told apart");
            case TOO_FEW_CELLS, TOO_MANY_CELLS ->
                new Unreadable(code, "The row has %d cells and the header %d".formatted(row.cells(), row.columns()));
            case ENTRY_TWICE ->
                new Unreadable(
                        code,
                        "The list has this entry above with other details, so it can't be told which of them are right");
        };
    }

    private static Reading read(Receipt receipt, RowCells cells) {
        if (cells.row().cells().values().stream().anyMatch(cell -> cell.length() > CELL_CHARACTERS_MAX)) {
            return new Unreadable("cell-too-long", "A cell is longer than 100,000 characters");
        }
        return cells.profile().channel() == Channel.PUBLIC_REGISTER
                ? ListEntryReader.read(receipt, cells)
                : readTimed(receipt, cells);
    }

    private static Reading readTimed(Receipt receipt, RowCells cells) {
        boolean call = cells.profile().channel() == Channel.TELEPHONE;
        var what = call ? "call" : "message";
        var written = cells.profile().value(Field.WHEN, cells.row());
        if (written.isEmpty()) {
            return new Unreadable("no-date", "The row doesn't say when the " + what + " was");
        }
        var time = CallTime.parse(written, cells.profile());
        if (time.isEmpty()) {
            return new Unreadable(
                    "date-unreadable", "The time of the " + what + " is not written in a way that the profile knows");
        }
        var at = time.get().at();
        if (at.isAfter(receipt.receivedAt().plus(AHEAD_MAX))) {
            return new Unreadable(
                    "date-ahead", "The time of the " + what + " is later than the export that it came in");
        }
        if (at.isBefore(TIME_MIN)) {
            return new Unreadable("date-too-old", "The time of the " + what + " is before 1990");
        }
        var damaged = new ArrayList<String>();
        if (time.get().note() != null) {
            damaged.add(time.get().note());
        }
        return call
                ? CallRecordReader.read(receipt, cells, at, damaged)
                : SocialMessageReader.read(receipt, cells, at, damaged);
    }
}
