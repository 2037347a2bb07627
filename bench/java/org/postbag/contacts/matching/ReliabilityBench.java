package org.postbag.contacts.matching;

import de.siegmar.fastcsv.reader.CsvReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.postbag.contacts.matching.ReliabilityPlot.Bin;

/**
 * Whether the probabilities are right: of all pairs that were given 70 to 80 %, are three in four one person? {@code ReliabilityBench [SVG] [FOLDER]} asks it of
 * made-up contacts and, where a folder with labelled lists is given, of those; and draws it.
 */
public final class ReliabilityBench {

    private static final int SIZE = 100_000;
    private static final long SEED = 43;
    private static final long[] FITTED_SEEDS = {51, 52, 53};
    private static final double SURE = 8;
    private static final double[] EDGES = {0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 0.999, 1.0000001
    };

    private ReliabilityBench() {}

    public static void main(String[] arguments) throws IOException {
        var all = new ArrayList<List<Bin>>();
        var names = new ArrayList<String>();
        var made = madeUp();
        System.out.println("made-up contacts, " + SIZE);
        print(made);
        System.out.println("calibration: " + Arrays.toString(fitted()));
        all.add(made);
        names.add("made-up contacts");
        if (arguments.length > 1) {
            var labelled = empty();
            for (var list : Labelled.values()) {
                add(labelled, list.table(Path.of(arguments[1])), list.people(Path.of(arguments[1])));
            }
            System.out.println("labelled lists");
            print(labelled);
            all.add(labelled);
            names.add("labelled lists");
        }
        if (arguments.length > 0) {
            Files.writeString(Path.of(arguments[0]), ReliabilityPlot.of(names, all));
        }
    }

    /** Slope and shift by which what the model says becomes what holds: logistic regression (Platt 1999) of the pairs that aren't quite sure. */
    private static double[] fitted() {
        var odds = new ArrayList<Double>();
        var ofOne = new ArrayList<Boolean>();
        for (long seed : FITTED_SEEDS) {
            var table = new ContactTable(MadeUpContacts.FIELDS);
            var people = new ArrayList<Integer>();
            new MadeUpContacts(SIZE / 2, seed).each((person, values) -> {
                people.add(person);
                table.add(values);
            });
            table.close();
            for (var pair : Matching.of(table, null, (_, _) -> {}).decided()) {
                if (Math.abs(pair.logOdds()) < SURE) {
                    odds.add(pair.logOdds());
                    ofOne.add(people.get(pair.one()).equals(people.get(pair.other())));
                }
            }
        }
        double slope = 1;
        double shift = 0;
        for (int round = 0; round < 30; round++) {
            double a = 0, b = 0, aa = 1e-9, ab = 0, bb = 1e-9;
            for (int i = 0; i < odds.size(); i++) {
                double x = odds.get(i);
                double p = Model.probability(slope * x + shift);
                double off = (ofOne.get(i) ? 1 : 0) - p;
                double weight = p * (1 - p);
                a += off * x;
                b += off;
                aa += weight * x * x;
                ab += weight * x;
                bb += weight;
            }
            double det = aa * bb - ab * ab;
            slope += (a * bb - b * ab) / det;
            shift += (b * aa - a * ab) / det;
        }
        return new double[] {slope, shift};
    }

    private static List<Bin> madeUp() {
        var table = new ContactTable(MadeUpContacts.FIELDS);
        var people = new ArrayList<String>();
        new MadeUpContacts(SIZE, SEED).each((person, values) -> {
            people.add(Integer.toString(person));
            table.add(values);
        });
        table.close();
        var bins = empty();
        add(bins, table, people);
        return bins;
    }

    private static List<Bin> empty() {
        var bins = new ArrayList<Bin>();
        for (int i = 0; i + 1 < EDGES.length; i++) {
            bins.add(new Bin(EDGES[i], EDGES[i + 1]));
        }
        return bins;
    }

    private static void add(List<Bin> bins, ContactTable table, List<String> people) {
        for (var pair : Matching.of(table, null, (_, _) -> {}).decided()) {
            double probability = Calibration.probability(pair.logOdds());
            boolean isOne = people.get(table.row(pair.one())).equals(people.get(table.row(pair.other())));
            bins.stream()
                    .filter(bin -> probability >= bin.from && probability < bin.to)
                    .findFirst()
                    .orElseThrow()
                    .add(probability, isOne);
        }
    }

    private static void print(List<Bin> bins) {
        System.out.println("predicted      pairs   mean predicted   share of one person");
        for (var bin : bins) {
            System.out.printf(
                    Locale.ROOT,
                    "%5.3f-%5.3f %9d   %14.4f   %19.4f%n",
                    bin.from,
                    Math.min(1, bin.to),
                    bin.pairs,
                    bin.predicted(),
                    bin.observed());
        }
    }

    /** The lists that the scorer uses. */
    private enum Labelled {
        FEBRL_1("febrl1.csv"),
        FEBRL_2("febrl2.csv"),
        FEBRL_3("febrl3.csv"),
        FEBRL_1_CONTACT("febrl1.csv"),
        FEBRL_2_CONTACT("febrl2.csv"),
        FEBRL_3_CONTACT("febrl3.csv"),
        FAKE_DEMO("fake_demo.csv"),
        RESTAURANTS("restaurants.csv");

        private static final Map<String, Field> COLUMNS = Map.ofEntries(
                Map.entry("given_name", Field.GIVEN_NAME),
                Map.entry("first_name", Field.GIVEN_NAME),
                Map.entry("surname", Field.FAMILY_NAME),
                Map.entry("street_number", Field.OTHER),
                Map.entry("address_1", Field.STREET),
                Map.entry("address_2", Field.OTHER),
                Map.entry("suburb", Field.SUBURB),
                Map.entry("postcode", Field.POSTCODE),
                Map.entry("state", Field.REGION),
                Map.entry("date_of_birth", Field.DATE_OF_BIRTH),
                Map.entry("soc_sec_id", Field.NATIONAL_ID),
                Map.entry("city", Field.CITY),
                Map.entry("email", Field.EMAIL),
                Map.entry("dob", Field.DATE_OF_BIRTH),
                Map.entry("name", Field.ORGANISATION),
                Map.entry("addr", Field.STREET),
                Map.entry("zip", Field.CITY),
                Map.entry("phone", Field.TELEPHONE));

        private final String file;

        Labelled(String file) {
            this.file = file;
        }

        private boolean isLeftOut(String column) {
            return switch (this) {
                case RESTAURANTS -> column.equals("city");
                case FEBRL_1_CONTACT, FEBRL_2_CONTACT, FEBRL_3_CONTACT ->
                    column.equals("date_of_birth") || column.equals("soc_sec_id");
                default -> false;
            };
        }

        private List<Map<String, String>> rows(Path folder) throws IOException {
            var rows = new ArrayList<Map<String, String>>();
            try (var reader = CsvReader.builder().ofNamedCsvRecord(folder.resolve(file))) {
                reader.forEach(row -> rows.add(new HashMap<>(row.getFieldsAsMap())));
            }
            return rows;
        }

        ContactTable table(Path folder) throws IOException {
            var rows = rows(folder);
            var columns = COLUMNS.keySet().stream()
                    .filter(column -> rows.getFirst().containsKey(column) && !isLeftOut(column))
                    .sorted()
                    .toList();
            var table = new ContactTable(columns.stream().map(COLUMNS::get).toList());
            rows.forEach(row -> table.add(columns.stream().map(row::get).toList()));
            table.close();
            return table;
        }

        List<String> people(Path folder) throws IOException {
            return rows(folder).stream().map(row -> row.get("cluster")).toList();
        }
    }
}
