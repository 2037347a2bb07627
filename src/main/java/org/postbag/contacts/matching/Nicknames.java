package org.postbag.contacts.matching;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Given names that stand for one another, by the list in {@code nicknames.txt}. */
final class Nicknames {

    private static final Map<String, Set<Integer>> GROUPS = new HashMap<>();
    private static final Map<String, String> ROOTS = new HashMap<>();

    static {
        read();
    }

    private Nicknames() {}

    static boolean isKnown(String name) {
        return GROUPS.containsKey(name);
    }

    static boolean same(String one, String other) {
        var groups = GROUPS.get(one);
        if (groups == null) {
            return false;
        }
        var others = GROUPS.get(other);
        return others != null && groups.stream().anyMatch(others::contains);
    }

    /** The long name that a short one stands for, where it stands for one alone; else the name itself. Both normalised. */
    static String root(String name) {
        return ROOTS.getOrDefault(name, name);
    }

    private static void read() {
        try (var in = Objects.requireNonNull(Nicknames.class.getResourceAsStream("nicknames.txt"))) {
            List<String> lines = new String(in.readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
            for (int i = 0; i < lines.size(); i++) {
                for (var name : lines.get(i).split(" ", -1)) {
                    GROUPS.computeIfAbsent(Normal.of(Field.Kind.NAME, name), _ -> new HashSet<>())
                            .add(i);
                }
            }
            GROUPS.forEach((name, groups) -> {
                if (groups.size() == 1) {
                    var first = lines.get(groups.iterator().next()).split(" ", -1)[0];
                    ROOTS.put(name, Normal.of(Field.Kind.NAME, first));
                }
            });
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
