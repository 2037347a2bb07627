package org.postbag.enquiries;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.transaction.CannotCreateTransactionException;

/** Whose fault it is that a batch could not be filed. */
enum Fault {
    /** Of one item: it goes to quarantine, the others are filed. */
    ITEM,
    /** Of a server (database, raw store, disk, memory): nothing is wrong with the items, and the batch is tried again until it is back. */
    SERVER,
    /** Of two transactions that met: the same is tried again at once. */
    MEETING;

    /** SQLSTATE classes: cardinality violation (two items of a batch at one row), data exception, integrity constraint violation, program limit exceeded. */
    private static final Set<String> OF_AN_ITEM = Set.of("21", "22", "23", "54");

    private static final Set<String> OF_A_MEETING = Set.of("40001", "40P01");
    private static final int CAUSES_MAX = 50;

    static Fault of(Throwable thrown) {
        int depth = 0;
        for (@Nullable Throwable cause = thrown; cause != null && depth < CAUSES_MAX; cause = cause.getCause()) {
            var fault = ofOne(cause);
            if (fault != null) {
                return fault;
            }
            depth++;
        }
        // A mistake of ours that one item brings out must not stop the others; the raw item stays, and can be replayed
        // when it is mended.
        return ITEM;
    }

    private static @Nullable Fault ofOne(Throwable cause) {
        if (cause instanceof SQLException sql) {
            return ofState(sql.getSQLState());
        }
        if (cause instanceof StackOverflowError) {
            return ITEM;
        }
        if (cause instanceof CannotGetJdbcConnectionException
                || cause instanceof CannotCreateTransactionException
                || cause instanceof TransientDataAccessException && cause.getCause() == null
                || cause instanceof IOException
                || cause instanceof UncheckedIOException
                || cause instanceof VirtualMachineError) {
            return SERVER;
        }
        return null;
    }

    /** States that are neither of an item nor of a meeting (08, 53, 57, 58, no right, no table) are of the server: no other item would fare better. */
    private static Fault ofState(@Nullable String state) {
        if (state == null || state.length() < 2) {
            return SERVER;
        }
        if (OF_A_MEETING.contains(state)) {
            return MEETING;
        }
        return OF_AN_ITEM.contains(state.substring(0, 2)) ? ITEM : SERVER;
    }
}
