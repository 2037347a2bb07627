package org.postbag.contacts.matching;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A contact list of made-up people of the United Kingdom whose truth is known: common names as common as there, households that share an address and a
 * surname, fathers and sons of one name, and a share of records that are another record of the same person, with slips of the pen, nicknames, moves,
 * marriages and gaps.
 */
public final class MadeUpContacts {

    public static final List<Field> FIELDS = List.of(
            Field.GIVEN_NAME,
            Field.FAMILY_NAME,
            Field.DATE_OF_BIRTH,
            Field.EMAIL,
            Field.TELEPHONE,
            Field.STREET,
            Field.CITY,
            Field.POSTCODE);

    private static final int SURNAMES = 60_000;
    private static final int GIVEN_NAMES = 3_000;
    private static final int STREETS = 40_000;
    private static final int TOWNS = 1_200;
    private static final double DUPLICATES = 0.2;
    private static final double DAMAGED = 0.2;
    private static final double EMPTY = 0.1;
    private static final double HOUSEHOLD = 0.3;
    private static final double NAMESAKE = 0.02;

    private static final String[] FIRST = {
        "olivia",
        "george",
        "amelia",
        "noah",
        "isla",
        "oliver",
        "ava",
        "arthur",
        "ivy",
        "leo",
        "david",
        "margaret",
        "john",
        "susan",
        "michael",
        "sarah",
        "william",
        "elizabeth",
        "thomas",
        "catherine",
        "james",
        "patricia",
        "robert",
        "rhian",
        "gareth",
        "dafydd",
        "sian",
        "mohammed",
        "fatima",
        "priya"
    };
    private static final String[] LAST = {
        "smith", "jones", "williams", "taylor", "davies", "brown", "wilson", "evans", "thomas", "roberts", "johnson",
                "lewis", "walker", "robinson", "khan",
        "patel", "hughes", "singh", "morgan", "price", "griffiths", "murphy", "campbell", "stewart", "macdonald",
                "llewellyn", "begum", "owen", "hall", "green"
    };
    private static final String[] SYLLABLES = {
        "an", "ber", "car", "den", "el", "far", "gar", "hol", "in", "jen", "kel", "lan", "mar", "nor", "ol", "pen",
        "quin", "ros", "sel", "ton", "ur", "ver", "wil", "yar", "dale", "ford", "ham", "ley", "well", "worth", "field",
        "by", "thorpe", "stock", "bury", "mere", "wick", "land", "more", "son"
    };
    private static final String[] KINDS = {
        "street", "road", "avenue", "close", "lane", "drive", "court", "terrace", "way", "gardens"
    };
    private static final String[] HOSTS = {
        "gmail.com", "hotmail.com", "outlook.com", "yahoo.co.uk", "btinternet.com", "icloud.com", "sky.com"
    };

    private final Random random;
    private final int size;
    private final double damaged;

    /** @param seed the same seed gives the same list */
    public MadeUpContacts(int size, long seed) {
        this(size, seed, DAMAGED);
    }

    /** @param damaged the share of fields with a slip of the pen */
    MadeUpContacts(int size, long seed, double damaged) {
        this.size = size;
        this.damaged = damaged;
        this.random = new Random(seed);
    }

    /** Takes a record: who it is, and its values in the order of {@link #FIELDS}. */
    public interface Taking {
        void take(int person, List<String> values);
    }

    /** Takes a record with all that is known of it. */
    interface TakingAll {
        void take(int person, String home, List<String> values);
    }

    /** Gives all records, in no order that tells anything. */
    public void each(Taking taking) {
        each((person, _, values) -> taking.take(person, values));
    }

    /** Gives all records with values for all fields, some put together from others, and with where the person lives. */
    void eachInFull(TakingAll taking) {
        var more = new Random(size);
        var known = new java.util.HashMap<Integer, String[]>();
        each((person, home, values) -> {
            var own = known.computeIfAbsent(person, _ -> of(more, values));
            var name = (values.get(0) + " " + values.get(1)).strip();
            int at = values.get(3).indexOf('@');
            taking.take(
                    person,
                    home,
                    List.of(
                            values.get(0),
                            values.get(1),
                            name,
                            values.get(2),
                            values.get(3),
                            values.get(4),
                            values.get(5),
                            again(more, own[0]),
                            values.get(6),
                            again(more, own[1]),
                            values.get(7),
                            again(more, own[2]),
                            more.nextInt(8) == 0
                                    ? again(more, own[3])
                                    : at > 0 ? values.get(3).substring(0, at) : "",
                            again(more, own[4]),
                            again(more, own[5])));
        });
    }

    /** Suburb, region, organisation, handle, national number and something else of a person. */
    private static String[] of(Random more, List<String> values) {
        var street = values.get(5);
        int numbered = Math.floorMod(street.hashCode(), 9_000);
        return new String[] {
            word(numbered + 40_000),
            word(numbered % 60 + 70_000),
            word(more.nextInt(4_000) + 20_000) + " " + (more.nextBoolean() ? "association" : "limited"),
            values.get(0) + more.nextInt(10_000),
            "%c%c%06d%c"
                    .formatted(
                            'a' + more.nextInt(26),
                            'a' + more.nextInt(26),
                            more.nextInt(1_000_000),
                            'a' + more.nextInt(4)),
            street.contains(" ") ? street.substring(0, street.indexOf(' ')) : ""
        };
    }

    private String again(Random more, String value) {
        double what = more.nextDouble();
        return what < EMPTY ? "" : what < EMPTY + damaged / 2 ? damaged(value) : value;
    }

    private void each(TakingAll taking) {
        var people = new ArrayList<String[]>();
        int given = 0;
        int person = 0;
        String[] last = null;
        while (given < size) {
            var one = last != null && random.nextDouble() < HOUSEHOLD ? relative(last) : stranger();
            last = one;
            var home = one[5] + one[7];
            taking.take(person, home, List.of(one));
            given++;
            if (people.size() < 200_000) {
                people.add(one);
            }
            for (int more = 0; given < size && random.nextDouble() < DUPLICATES && more < 4; more++) {
                taking.take(person, home, List.of(again(one)));
                given++;
            }
            person++;
        }
    }

    private String[] stranger() {
        var given = given();
        var family = family();
        int town = skewed(TOWNS);
        int street = random.nextInt(STREETS);
        var area = word(town + 7_000).substring(0, 2) + (1 + town % 30);
        return new String[] {
            given,
            family,
            born(),
            email(given, family),
            "07" + (100_000_000 + random.nextInt(899_999_999)),
            (1 + random.nextInt(120)) + " " + word(street) + " " + KINDS[street % KINDS.length],
            word(town + 90_000),
            area + " " + random.nextInt(10) + letters(street)
        };
    }

    /** Of the same household: another given name, often; the same address, and the telephone sometimes. */
    private String[] relative(String[] of) {
        var one = of.clone();
        one[0] = random.nextDouble() < NAMESAKE ? of[0] : given();
        one[2] = born();
        one[3] = email(one[0], one[1]);
        if (random.nextDouble() < 0.7) {
            one[4] = "07" + (100_000_000 + random.nextInt(899_999_999));
        }
        return one;
    }

    private String[] again(String[] of) {
        var one = of.clone();
        double life = random.nextDouble();
        if (life < 0.1) {
            var moved = stranger();
            one[5] = moved[5];
            one[6] = moved[6];
            one[7] = moved[7];
        } else if (life < 0.14) {
            one[1] = family();
        } else if (life < 0.2) {
            one[3] = email(one[0], one[1]);
        }
        for (int i = 0; i < one.length; i++) {
            double what = random.nextDouble();
            if (what < EMPTY) {
                one[i] = "";
            } else if (what < EMPTY + damaged) {
                one[i] = damaged(one[i]);
            }
        }
        if (random.nextDouble() < 0.03) {
            var swap = one[0];
            one[0] = one[1];
            one[1] = swap;
        }
        return one;
    }

    private String damaged(String value) {
        if (value.length() < 2) {
            return value;
        }
        int at = random.nextInt(value.length() - 1);
        char other = (char) ('a' + random.nextInt(26));
        return switch (random.nextInt(4)) {
            case 0 -> value.substring(0, at) + value.charAt(at + 1) + value.charAt(at) + value.substring(at + 2);
            case 1 -> value.substring(0, at) + value.substring(at + 1);
            case 2 ->
                value.substring(0, at)
                        + (Character.isDigit(value.charAt(at)) ? (char) ('0' + random.nextInt(10)) : other)
                        + value.substring(at + 1);
            default -> value.substring(0, at) + other + value.substring(at);
        };
    }

    private String given() {
        return random.nextDouble() < 0.5 ? FIRST[skewed(FIRST.length)] : word(skewed(GIVEN_NAMES) + 500_000);
    }

    private String family() {
        return random.nextDouble() < 0.25 ? LAST[skewed(LAST.length)] : word(skewed(SURNAMES) + 900_000);
    }

    private String born() {
        return "%04d-%02d-%02d".formatted(1930 + random.nextInt(75), 1 + random.nextInt(12), 1 + random.nextInt(28));
    }

    private String email(String given, String family) {
        return switch (random.nextInt(3)) {
                    case 0 -> given + "." + family;
                    case 1 -> given.charAt(0) + family + random.nextInt(100);
                    default -> family + given.charAt(0) + (1930 + random.nextInt(75));
                }
                + "@"
                + HOSTS[random.nextInt(HOSTS.length)];
    }

    /** The first are the most frequent, as names are. */
    private int skewed(int of) {
        double place = random.nextDouble();
        return (int) (of * place * place);
    }

    private static String word(int number) {
        var word = new StringBuilder();
        long rest = number * 2_654_435_761L & 0xffffffffL;
        for (int i = 0; i < 2 + number % 2; i++) {
            word.append(SYLLABLES[(int) (rest % SYLLABLES.length)]);
            rest /= SYLLABLES.length;
        }
        return word.toString();
    }

    private static String letters(int number) {
        return "" + (char) ('a' + number % 20) + (char) ('a' + number / 20 % 20);
    }
}
