package org.postbag.contacts.matching;

/**
 * What each outcome of a comparison is worth (Fellegi and Sunter 1969): the share of pairs of one person ({@code m}) and of two ({@code u}) that show it, and
 * how likely it is beforehand that two records are one person.
 *
 * @param same by field and level; the last row for swapped names
 * @param different likewise
 * @param prior logarithm of the odds that any two records are one person
 */
record Model(double[][] same, double[][] different, double prior) {

    /** However rare a value is, somebody else may have it: it counts at most this many times as much as the field's common ones. */
    private static final double RARER_MAX = 10;

    private static final double PERSON_PLACE_SHARE = 0.35;
    private static final double FREQUENCY_MIN = 1e-7;

    /** Natural logarithm of the odds that two records are one person. */
    double logOdds(Comparing comparing, long pattern, int one) {
        boolean swapped = comparing.isSwapped(pattern);
        double who = swapped ? Math.log(same[comparing.fields()][1]) : 0;
        double where = 0;
        for (int field = 0; field < comparing.fields(); field++) {
            int level = Comparing.level(pattern, field);
            if (level >= 0) {
                double weight = weight(comparing, field, level, one, swapped);
                if (comparing.field(field).isWhere()) {
                    where += weight;
                } else {
                    who += weight;
                }
            }
        }
        double beyondEven = prior + where;
        return who < 0 && beyondEven > 0 ? who + beyondEven * placeShare(comparing, pattern) : who + beyondEven;
    }

    /**
     * How much a place counts beyond even odds where the names speak against it: who lives or works at the same place under another name is another. A
     * person's name may be misheard as a whole; an office is its name, and a building may hold many.
     */
    private static double placeShare(Comparing comparing, long pattern) {
        for (int field = 0; field < comparing.fields(); field++) {
            if (comparing.field(field) == Field.ORGANISATION && Comparing.level(pattern, field) >= 0) {
                return 0;
            }
        }
        return PERSON_PLACE_SHARE;
    }

    double weight(Comparing comparing, int field, int level, int one, boolean swapped) {
        double chance = different[field][level];
        if (level == Likeness.EQUAL && !swapped) {
            chance = Math.max(Math.max(comparing.frequency(field, one), FREQUENCY_MIN), chance / RARER_MAX);
        }
        return Math.log(same[field][level] / chance);
    }

    static double probability(double logOdds) {
        return 1 / (1 + Math.exp(-logOdds));
    }
}
