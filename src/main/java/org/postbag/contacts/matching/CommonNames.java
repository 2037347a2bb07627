package org.postbag.contacts.matching;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** How common names are in general, by the list in {@code common-names.txt}: until many contacts are known, theirs don't tell. */
final class CommonNames {

    private static final double OF = 1_000;

    /** Whoever isn't in the list has a name that is rarer than those, however rare it is. */
    private static final Map<Field, Double> UNLISTED = Map.of(Field.GIVEN_NAME, 0.001, Field.FAMILY_NAME, 0.000_5);

    private static final Map<Field, Map<String, Double>> SHARES = read();

    private CommonNames() {}

    /** The share of people who have a normalised name; negative for what is no given or family name. */
    static double share(Field field, String name) {
        var shares = SHARES.get(field);
        return shares == null ? -1 : shares.getOrDefault(name, UNLISTED.getOrDefault(field, 0.0));
    }

    private static Map<Field, Map<String, Double>> read() {
        var shares = new EnumMap<Field, Map<String, Double>>(Field.class);
        try (var in = Objects.requireNonNull(CommonNames.class.getResourceAsStream("common-names.txt"))) {
            new String(in.readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split(" ", -1))
                    .forEach(words -> shares.computeIfAbsent(Field.of(words[0]).orElseThrow(), _ -> new HashMap<>())
                            .put(words[1], Double.parseDouble(words[2]) / OF));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return shares;
    }
}
