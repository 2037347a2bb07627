package org.postbag.contacts.matching;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.postbag.contacts.matching.Matching.Pair;

/** Whether rows that are alike in every field are of one person: if they say who it is. A name, or where somebody lives, and nothing else doesn't. */
final class Themselves {

    private static final int ACROSS_MAX = 10_000;

    private final ContactTable table;
    private final Comparing comparing;
    private final Model model;

    Themselves(ContactTable table) {
        this.table = table;
        this.comparing = new Comparing(table, Frequencies.USUAL);
        this.model = Model.shipped(table.whichFields(), Math.max(2, rows(table)));
    }

    private static long rows(ContactTable table) {
        return table.size()
                + table.copies().stream().mapToLong(of -> of.more().length).sum();
    }

    boolean speaks(int record) {
        return saysWho(record)
                && model.logOdds(comparing, comparing.pattern(record, record), record) >= Matching.SAME_MIN;
    }

    private boolean saysWho(int record) {
        boolean name = false;
        boolean home = false;
        boolean own = false;
        for (int column = 0; column < table.fields(); column++) {
            if (table.value(record, column) == Column.NOTHING) {
                continue;
            }
            switch (comparing.field(column)) {
                case DATE_OF_BIRTH, EMAIL, TELEPHONE, HANDLE, NATIONAL_ID -> own = true;
                case GIVEN_NAME, FAMILY_NAME, FULL_NAME, ORGANISATION -> name = true;
                case STREET, POSTCODE -> home = true;
                case SUBURB, CITY, REGION, OTHER -> {}
            }
        }
        return own || name && home;
    }

    /** Of two lists: whoever a row is the same as, its copies are too; where that would be too many pairs, only with the first. */
    void linkCopies(List<Pair> pairs) {
        Map<Integer, int[]> more = new HashMap<>();
        table.copies().stream()
                .filter(of -> speaks(of.record()))
                .forEach(of -> more.put(table.row(of.record()), of.more()));
        for (var pair : List.copyOf(pairs)) {
            int[] ones = more.getOrDefault(pair.one(), new int[0]);
            int[] others = more.getOrDefault(pair.other(), new int[0]);
            for (int one : ones) {
                pairs.add(new Pair(one, pair.other(), pair.probability(), pair.decision()));
            }
            for (int other : others) {
                pairs.add(new Pair(pair.one(), other, pair.probability(), pair.decision()));
            }
            if ((long) ones.length * others.length <= ACROSS_MAX) {
                pairs.addAll(across(pair, ones, others));
            }
        }
    }

    private static List<Pair> across(Pair pair, int[] ones, int[] others) {
        var across = new ArrayList<Pair>();
        for (int one : ones) {
            for (int other : others) {
                across.add(new Pair(one, other, pair.probability(), pair.decision()));
            }
        }
        return across;
    }
}
