package org.postbag.contacts.matching;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What was learnt from one list, field by field, so that it can be kept as text and used on other lists, of other fields and sizes.
 *
 * @param shares by field
 * @param swapped share of the pairs of one person whose given and family name stand the other way round
 * @param ofOne how many other records of the same person a record has, on average
 * @param together how many of the same household or office
 */
public record SavedModel(Map<Field, Shares> shares, double swapped, double ofOne, double together) {

    private static final String FIRST_LINE = "postbag match model 1";
    private static final int WORDS = 2 + Likeness.LEVELS;

    /**
     * How large a share of the pairs of each kind shows each level, from {@code NONE} to {@code EQUAL}.
     *
     * @param same of one person
     * @param together of one household or office
     * @param different of two others
     */
    record Shares(double[] same, double[] together, double[] different) {}

    /** What reading a text ends in. */
    public sealed interface Outcome permits Known, Unreadable {}

    /** @param model what it says */
    public record Known(SavedModel model) implements Outcome {}

    /**
     * @param line the first is 1
     * @param why in words
     */
    public record Unreadable(int line, String why) implements Outcome {}

    private static final class Shipped {
        private static final SavedModel MODEL = read();

        private static SavedModel read() {
            try (var in = Objects.requireNonNull(SavedModel.class.getResourceAsStream("model.txt"))) {
                return switch (SavedModel.read(new String(in.readAllBytes(), UTF_8))) {
                    case Known known -> known.model();
                    case Unreadable bad -> throw new IllegalStateException("model.txt, line " + bad.line());
                };
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }
    }

    /** The one that comes with the program: learnt from made-up contacts of the United Kingdom. */
    public static SavedModel shipped() {
        return Shipped.MODEL;
    }

    /**
     * @param fields the columns to be compared; one that isn't known is taken to be as another of its kind
     * @param records how many there are: the more, the more likely it is that two who agree are two
     */
    Model of(List<Field> fields, long records) {
        var same = new double[fields.size() + 1][Likeness.LEVELS];
        var near = new double[fields.size() + 1][Likeness.LEVELS];
        var different = new double[fields.size() + 1][Likeness.LEVELS];
        for (int i = 0; i < fields.size(); i++) {
            var known = shares(fields.get(i));
            same[i] = known.same().clone();
            near[i] = known.together().clone();
            different[i] = known.different().clone();
        }
        for (var row : List.of(same, near, different)) {
            row[fields.size()][0] = 1 - swapped;
            row[fields.size()][1] = swapped;
        }
        double others = Math.max(2, records - 1.0);
        return new Model(same, near, different, prior(ofOne / others), prior(together / others)).ordered(fields);
    }

    private static double prior(double share) {
        return Math.log(Math.min(0.3, share));
    }

    private Shares shares(Field field) {
        var known = shares.get(field);
        if (known != null) {
            return known;
        }
        return shares.entrySet().stream()
                .filter(entry -> entry.getKey().kind() == field.kind())
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseGet(() -> shares.values().iterator().next());
    }

    /** What a model that was learnt from a list holds; of a field that stands there several times, the first. */
    static SavedModel of(Model model, List<Field> fields, long records) {
        var shares = new EnumMap<Field, Shares>(Field.class);
        for (int i = 0; i < fields.size(); i++) {
            shares.putIfAbsent(fields.get(i), new Shares(model.same()[i], model.together()[i], model.different()[i]));
        }
        double others = Math.max(1, records - 1.0);
        return new SavedModel(
                shares,
                model.same()[fields.size()][1],
                Math.exp(model.priorSame()) * others,
                Math.exp(model.priorTogether()) * others);
    }

    /** As text that {@link #read} reads. */
    public String written() {
        var lines = new ArrayList<String>();
        lines.add(FIRST_LINE);
        lines.add("# Share of the pairs of one person (same), of one household or office (together), and of others");
        lines.add("# (different) whose values are: unlike, faintly alike, alike, close, one slip apart, equal.");
        lines.add("same " + number(ofOne));
        lines.add("together " + number(together));
        lines.add("swapped " + number(swapped));
        shares.forEach((field, of) -> {
            lines.add(line(field, "same", of.same()));
            lines.add(line(field, "together", of.together()));
            lines.add(line(field, "different", of.different()));
        });
        return String.join("\n", lines) + "\n";
    }

    private static String line(Field field, String kind, double[] shares) {
        var line = new StringBuilder(field.code() + " " + kind);
        for (double share : shares) {
            line.append(' ').append(number(share));
        }
        return line.toString();
    }

    private static String number(double share) {
        return String.format(Locale.ROOT, "%.4g", share);
    }

    /** @param text as {@link #written} */
    public static Outcome read(String text) {
        var reading = new Reading();
        var lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            var why = i == 0 && !lines.getFirst().strip().equals(FIRST_LINE)
                    ? "a model begins with \"" + FIRST_LINE + "\""
                    : i == 0 ? null : reading.line(lines.get(i).strip());
            if (why != null) {
                return new Unreadable(i + 1, why);
            }
        }
        return reading.end(lines.size());
    }

    /** Where reading has come to. */
    private static final class Reading {
        private final Map<String, Double> numbers = new java.util.HashMap<>();
        private final Map<Field, Map<String, double[]>> shares = new EnumMap<>(Field.class);

        /** @return what is wrong with it */
        @Nullable
        String line(String line) {
            var words = Arrays.asList(line.split("\\s+", -1));
            if (line.isEmpty() || line.startsWith("#")) {
                return null;
            }
            try {
                double[] of = words.subList(words.size() == 2 ? 1 : Math.min(2, words.size()), words.size()).stream()
                        .mapToDouble(Double::parseDouble)
                        .toArray();
                return Arrays.stream(of).allMatch(share -> share >= 0 && share < 1e6)
                        ? known(words, of)
                        : "shares are numbers from 0 to 1";
            } catch (NumberFormatException notOne) {
                return "shares are numbers from 0 to 1";
            }
        }

        private @Nullable String known(List<String> words, double[] of) {
            if (words.size() == 2 && List.of("same", "together", "swapped").contains(words.getFirst())) {
                numbers.put(words.getFirst(), of[0]);
                return null;
            }
            var field = Field.of(words.getFirst());
            if (field.isEmpty()
                    || words.size() != WORDS
                    || !List.of("same", "together", "different").contains(words.get(1))) {
                return "a line names a field and what its %d shares are of".formatted(Likeness.LEVELS);
            }
            if (Arrays.stream(of).anyMatch(share -> share <= 0 || share > 1)) {
                return "shares are numbers from 0 to 1";
            }
            shares.computeIfAbsent(field.get(), _ -> new java.util.HashMap<>()).put(words.get(1), of);
            return null;
        }

        Outcome end(int lines) {
            if (numbers.size() < 3 || shares.isEmpty()) {
                return new Unreadable(lines, "it ends before all is said: same, together, swapped, and the fields");
            }
            var all = new EnumMap<Field, Shares>(Field.class);
            for (var entry : shares.entrySet()) {
                var same = entry.getValue().get("same");
                var near = entry.getValue().get("together");
                var different = entry.getValue().get("different");
                if (same == null || near == null || different == null) {
                    return new Unreadable(
                            lines,
                            "of %s not all is said".formatted(entry.getKey().code()));
                }
                all.put(entry.getKey(), new Shares(same, near, different));
            }
            return new Known(new SavedModel(
                    all,
                    Objects.requireNonNull(numbers.get("swapped")),
                    Objects.requireNonNull(numbers.get("same")),
                    Objects.requireNonNull(numbers.get("together"))));
        }
    }
}
