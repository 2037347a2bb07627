package org.postbag.keeping;

import java.time.LocalDate;
import java.util.List;

/** Does what retention rules say is due: personal data, raw files, files and index entries go, a count remains. */
public interface Keeping {

    /** What would be erased today, without personal data. Changes nothing. */
    List<Due> dryRun();

    /** Erases what is due today. Safe to stop and run again at any point. */
    Done run();

    /**
     * @param what {@code enquiries}, {@code contacts} or {@code quarantine}
     * @param category a category's code, or {@code -} where an item has none
     * @param channel a channel's code, or {@code -} for contacts
     * @param oldest the day (UK) from which the oldest counts
     */
    record Due(String what, String category, String channel, long count, LocalDate oldest) {}

    /**
     * @param unfiled items in quarantine
     * @param failed contacts and threads that could not be erased and are tried again the next night
     */
    record Done(int enquiries, int contacts, int unfiled, int failed) {}
}
