package org.postbag.contacts.matching;

import org.jspecify.annotations.Nullable;

/**
 * The model that a list is matched with.
 *
 * @param usual whether how common values are in the list is only added to how common they are in general, as where a list is small
 */
record Choice(Model model, Matched.Source source, boolean usual) {

    static Choice of(ContactTable table, Candidates candidates, long count, @Nullable SavedModel given) {
        if (given != null) {
            return new Choice(given.of(table.whichFields(), table.size()), Matched.Source.GIVEN, true);
        }
        if (table.size() < Matching.LEARNT_MIN) {
            return new Choice(Model.shipped(table.whichFields(), table.size()), Matched.Source.SHIPPED, true);
        }
        return new Choice(new Training(table).learn(candidates, count), Matched.Source.LEARNT, false);
    }

    /** For one thread. */
    Comparing comparing(ContactTable table) {
        return usual ? new Comparing(table, Frequencies.of(table, model)) : new Comparing(table);
    }
}
