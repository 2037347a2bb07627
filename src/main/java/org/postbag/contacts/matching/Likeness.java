package org.postbag.contacts.matching;

/**
 * How alike two values of a field are, in levels from {@link #NONE} to {@link #EQUAL}. The levels have no weight of their own: what each is worth is learnt
 * (see {@link Training}).
 */
final class Likeness {

    /** That they differ, or how much, tells nothing. */
    static final int NOTHING = -1;

    static final int NONE = 0;
    static final int FAINT = 1;
    static final int ALIKE = 2;
    static final int CLOSE = 3;
    /** One slip of the pen. */
    static final int NEAR = 4;

    static final int EQUAL = 5;
    static final int LEVELS = 6;

    private static final int SHORT_FORM_MIN = 4;
    private static final double UNVOCALISED_VOWELS_MAX = 0.2;
    private static final int CONSONANTS_MIN = 3;

    static final int PREFIX_MAX = 4;
    static final double PREFIX_SHARE = 0.1;
    static final double TEXT_FAINT = 0.75;
    static final double EMAIL_ALIKE = 0.7;
    static final double EMAIL_FAINT = 0.8;
    static final double WORDS_FAINT = 0.78;

    private Likeness() {}

    /** Of two normalised values that differ. */
    static int of(Field.Kind kind, String one, String other) {
        return of(kind, Written.of(kind, one), Written.of(kind, other));
    }

    /** Of two normalised values that differ. */
    static int of(Field.Kind kind, Written one, Written other) {
        return switch (kind) {
            case NAME -> name(one, other);
            case PLACE -> text(one, other);
            case NUMBER -> number(one, other);
            case DATE -> DateLikeness.of(one, other);
            case EMAIL -> email(one, other);
            case WORDS -> words(one, other);
        };
    }

    /** Of two normalised names. */
    static int text(String one, String other) {
        return one.equals(other) ? EQUAL : of(Field.Kind.NAME, one, other);
    }

    /** An initial may stand for any name that begins so. */
    private static int name(Written one, Written other) {
        if (Math.min(one.length, other.length) == 1 && one.letters[0] == other.letters[0]) {
            return NOTHING;
        }
        int level = text(one, other);
        return level < NEAR
                        && (isShortForm(one, other)
                                || Nicknames.same(one.toString(), other.toString())
                                || isUnvocalised(one, other))
                ? NEAR
                : level;
    }

    /** Gwen for Gwenllian, Marj for Marjorie: a name that is cut short is used as one. */
    private static boolean isShortForm(Written one, Written other) {
        return Math.min(one.length, other.length) >= SHORT_FORM_MIN
                && (one.isBeginningOf(other) || other.isBeginningOf(one));
    }

    /** A name from a script that writes no vowels, such as Arabic's, has the other one's consonants alone. */
    private static boolean isUnvocalised(Written one, Written other) {
        if (Math.min(vowelShare(one), vowelShare(other)) > UNVOCALISED_VOWELS_MAX) {
            return false;
        }
        var consonants = consonants(one);
        return consonants.length() >= CONSONANTS_MIN && consonants.equals(consonants(other));
    }

    private static double vowelShare(Written name) {
        int vowels = 0;
        for (int i = 0; i < name.length; i++) {
            vowels += isVowel(name.letters[i]) ? 1 : 0;
        }
        return (double) vowels / Math.max(1, name.length);
    }

    /** Doubled ones once. */
    private static String consonants(Written name) {
        var consonants = new StringBuilder();
        for (int i = 0; i < name.length; i++) {
            char letter = name.letters[i];
            boolean doubled = !consonants.isEmpty() && consonants.charAt(consonants.length() - 1) == letter;
            if (!isVowel(letter) && !doubled) {
                consonants.append(letter);
            }
        }
        return consonants.toString();
    }

    private static boolean isVowel(char letter) {
        return "aeiouy".indexOf(letter) >= 0;
    }

    private static int text(Written one, Written other) {
        int shorter = Math.min(one.length, other.length);
        double letters = one.sharedLetters(other);
        int edits = edits(one, other, letters, 2);
        if (edits <= 1 && shorter >= 3) {
            return NEAR;
        }
        if (edits <= 2 && shorter >= 6 || shorter >= 4 && letters >= 0.9) {
            return CLOSE;
        }
        if (shorter >= 4 && letters >= 0.8 || shorter >= 4 && (one.isBeginningOf(other) || other.isBeginningOf(one))) {
            return ALIKE;
        }
        double likeness = likeness(one, other, letters, TEXT_FAINT);
        if (likeness >= 0.88) {
            return ALIKE;
        }
        return likeness >= TEXT_FAINT || shorter == 1 && one.letters[0] == other.letters[0] ? FAINT : NONE;
    }

    /** See {@link Written#edits}: not counted where there are more letters that only one has. */
    private static int edits(Written one, Written other, double letters, int max) {
        int longer = Math.max(one.length, other.length);
        return longer - shared(one, other, letters) > max ? max + 1 : one.edits(other, max);
    }

    private static int shared(Written one, Written other, double letters) {
        return (int) Math.round(letters * Math.max(one.length, other.length));
    }

    /** Jaro and Winkler's; 0 where it can't be as much as matters, by the letters they share and what they begin with. */
    private static double likeness(Written one, Written other, double letters, double min) {
        int shared = shared(one, other, letters);
        double prefixShare = one.beginning(other) * PREFIX_SHARE;
        return Signature.jaroWinklerMax(shared, one.length, other.length, prefixShare) < min
                ? 0
                : one.jaroWinkler(other);
    }

    private static int number(Written one, Written other) {
        int edits = one.edits(other, 2);
        if (edits <= 1) {
            return NEAR;
        }
        boolean close = edits <= 2 && Math.min(one.length, other.length) >= 4 || one.sharedLetters(other) == 1;
        return close ? CLOSE : NONE;
    }

    private static int email(Written one, Written other) {
        if (isNumbered(one, other)) {
            return NOTHING;
        }
        double letters = one.sharedLetters(other);
        if (edits(one, other, letters, 2) <= 2) {
            return NEAR;
        }
        if (letters >= 0.9 || isOneMailbox(one, other)) {
            return CLOSE;
        }
        double likeness = likeness(one, other, letters, letters >= 0.8 ? EMAIL_ALIKE : EMAIL_FAINT);
        if (letters >= 0.8 && likeness >= EMAIL_ALIKE) {
            return ALIKE;
        }
        return likeness >= EMAIL_FAINT ? FAINT : NONE;
    }

    /**
     * Whether two addresses at one domain are the same but for a number: where a name is taken already, the next of that name gets one with another number.
     */
    private static boolean isNumbered(Written one, Written other) {
        var letters = lettersOf(one);
        return letters.equals(lettersOf(other)) && !digitsOf(one).equals(digitsOf(other));
    }

    private static String lettersOf(Written address) {
        var letters = new StringBuilder();
        boolean before = true;
        for (int i = 0; i < address.length; i++) {
            char letter = address.letters[i];
            before &= letter != '@';
            if (!before || Character.isLetter(letter)) {
                letters.append(letter);
            }
        }
        return letters.toString();
    }

    private static String digitsOf(Written address) {
        var digits = new StringBuilder();
        for (int i = 0; i < address.length && address.letters[i] != '@'; i++) {
            if (Character.isDigit(address.letters[i])) {
                digits.append(address.letters[i]);
            }
        }
        return digits.toString();
    }

    /** The same before the @, which is long enough to mean something. */
    private static boolean isOneMailbox(Written one, Written other) {
        int at = 0;
        while (at < Math.min(one.length, other.length) && one.letters[at] == other.letters[at]) {
            if (one.letters[at] == '@') {
                return at > 2;
            }
            at++;
        }
        return false;
    }

    /** Of two values whose words may stand in another order, or be left out. */
    private static int words(Written one, Written other) {
        int shorter = Math.min(one.length, other.length);
        double letters = one.sharedLetters(other);
        int edits = edits(one, other, letters, 3);
        if (edits <= 1 || edits <= 2 && shorter >= 8) {
            return NEAR;
        }
        int fewer = Math.min(one.wordCount, other.wordCount);
        double share = (double) sharedWords(one, other) / fewer;
        if (edits <= 3 && shorter >= 9 || share == 1 && fewer >= 2 || letters >= 0.92) {
            return CLOSE;
        }
        if (share >= 0.6) {
            return ALIKE;
        }
        double likeness = likeness(one, other, letters, WORDS_FAINT);
        if (likeness >= 0.88) {
            return ALIKE;
        }
        return likeness >= WORDS_FAINT || share >= 0.5 ? FAINT : NONE;
    }

    private static int sharedWords(Written one, Written other) {
        int shared = 0;
        for (int i = 0; i < one.wordCount; i++) {
            for (int j = 0; j < other.wordCount; j++) {
                shared += one.words[i] == other.words[j] ? 1 : 0;
            }
        }
        return shared;
    }
}
