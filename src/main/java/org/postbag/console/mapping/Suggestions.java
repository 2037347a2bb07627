package org.postbag.console.mapping;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postbag.normalising.EmailAddress;
import org.postbag.normalising.Postcode;
import org.postbag.normalising.Telephone;
import org.postbag.receiving.Channel;
import org.postbag.receiving.Profile;
import org.postbag.receiving.exports.SampleLook.Column;

/**
 * What the columns of a sample probably are: by the profile that reads such exports so far, by what exports call their columns, and by what stands in them.
 * Pure. A person decides; so a doubtful one is not suggested.
 */
final class Suggestions {

    private static final double LIKE_ENOUGH = 0.5;
    private static final double NAME_WEIGHT = 0.6;
    private static final double VALUES_WEIGHT = 0.6;
    private static final double MOST = 0.8;
    private static final int VALUES_MAX = 20;
    private static final int NAME_LENGTH_MAX = 100;
    private static final Pattern ID = Pattern.compile("(?=.*[0-9])[A-Za-z0-9][A-Za-z0-9_./:-]{2,60}");
    private static final Pattern DURATION = Pattern.compile("[0-9]{1,3}:[0-9]{2}(:[0-9]{2})?|[0-9]{1,5}( ?s(ec.*)?)?");
    private static final Pattern TIME_OF_DAY =
            Pattern.compile("[0-9]{1,2}[:.][0-9]{2}([:.][0-9]{2})?( ?[ap]m)?", Pattern.CASE_INSENSITIVE);

    private final List<Column> columns;
    private final Channel channel;
    private final WrittenProfile base;
    private final Map<Integer, Suggested> found = new LinkedHashMap<>();
    private final Set<String> missing = new HashSet<>();
    /** Which values are times: each is asked about for several fields. */
    private final Map<String, Boolean> times = new HashMap<>();

    private Suggestions(List<Column> columns, Channel channel, WrittenProfile base) {
        this.columns = columns;
        this.channel = channel;
        this.base = base;
    }

    /**
     * What a column probably is.
     *
     * @param field the code of ours
     * @param was the name that the column has in the profile so far; null where it has none there
     */
    record Suggested(String field, @Nullable String was) {

        /** Whether the column has got another name since. */
        boolean isRenamed(String name) {
            return was != null && !Profile.key(was).equals(Profile.key(name));
        }
    }

    /** By the place of the column; those that nothing speaks for aren't in it. @param base {@link WrittenProfile#EMPTY} for none */
    static Map<Integer, Suggested> of(List<Column> columns, Channel channel, WrittenProfile base) {
        return new Suggestions(columns, channel, base).all();
    }

    private Map<Integer, Suggested> all() {
        known();
        renamed();
        if (base.columns().isEmpty()) {
            named();
        }
        return found;
    }

    /** The columns that the profile knows. */
    private void known() {
        base.columns()
                .forEach((field, names) -> names.forEach(name -> {
                    var at = place(name);
                    if (at.isPresent()) {
                        found.putIfAbsent(at.get(), new Suggested(field, name));
                    } else {
                        missing.add(name);
                    }
                }));
    }

    private Optional<Integer> place(String name) {
        for (int i = 0; i < columns.size(); i++) {
            if (!columns.get(i).twice() && Profile.key(columns.get(i).name()).equals(Profile.key(name))) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }

    private record Pair(int column, String field, String was, double likeness) {}

    /** Those that the profile misses, matched to those that it doesn't know: the likest pair first. */
    private void renamed() {
        var pairs = new ArrayList<Pair>();
        base.columns()
                .forEach((field, names) -> names.stream()
                        .filter(missing::contains)
                        .forEach(name -> {
                            for (int i = 0; i < columns.size(); i++) {
                                if (!found.containsKey(i) && !columns.get(i).twice()) {
                                    pairs.add(new Pair(
                                            i, field, name, likeness(columns.get(i), field, name, names.size() > 1)));
                                }
                            }
                        }));
        pairs.sort((one, other) -> Double.compare(other.likeness(), one.likeness()));
        var done = new HashSet<String>();
        for (var pair : pairs) {
            if (pair.likeness() >= LIKE_ENOUGH && !found.containsKey(pair.column()) && done.add(pair.was())) {
                found.put(pair.column(), new Suggested(pair.field(), pair.was()));
            }
        }
    }

    private double likeness(Column column, String field, String was, boolean oneOfSeveral) {
        double names = Math.max(likeness(Profile.key(column.name()), Profile.key(was)), isNamed(column, field) ? 1 : 0);
        return NAME_WEIGHT * names + VALUES_WEIGHT * values(column, field, was, oneOfSeveral);
    }

    /** From -1, where what stands in the column can't be that, to 1, where hardly anything else is written so. */
    private double values(Column column, String field, String was, boolean oneOfSeveral) {
        var values = column.values().entrySet().stream().limit(VALUES_MAX).toList();
        if (values.isEmpty()) {
            return 0;
        }
        return switch (field) {
            case "when" -> oneOfSeveral ? partOfTime(values, was) : sign(share(values, this::isTime));
            case "seen" -> sign(share(values, this::isTime));
            case "number", "otherNumber" -> sign(share(values, Suggestions::isNumber));
            case "email" -> sign(share(values, one -> EmailAddress.parse(one).isPresent()));
            case "postcode" -> sign(share(values, one -> Postcode.parse(one).isPresent()));
            case "callId", "messageId", "entryId" ->
                column.values().size() == column.filled()
                        ? sign(share(values, one -> ID.matcher(one).matches())) / 2
                        : -1;
            case "duration" -> sign(share(values, one -> DURATION.matcher(one).matches())) / 2;
            case "outcome" -> words(values, base.map(WrittenProfile.OUTCOMES).values());
            case "direction" ->
                words(values, List.of(base.list(WrittenProfile.OUTBOUND), List.of("inbound", "outbound", "in", "out")));
            case "platform" -> words(values, base.map(WrittenProfile.PLATFORMS).values());
            case "category" -> words(values, base.map(WrittenProfile.CATEGORIES).values());
            case "kind" -> words(values, base.map(WrittenProfile.KINDS).values());
            default -> share(values, one -> isTime(one) || isNumber(one) || one.indexOf('@') > 0) > MOST ? -1 : 0;
        };
    }

    private double partOfTime(List<Map.Entry<String, Integer>> values, String was) {
        boolean time = share(values, one -> TIME_OF_DAY.matcher(one).matches()) > MOST;
        boolean day = share(values, one -> TimeFormats.of(List.of(one), false).isPresent()) > MOST;
        if (!time && !day) {
            return -1;
        }
        boolean wasTime = Profile.key(was).matches(".*(time|amser).*")
                && !Profile.key(was).matches(".*date.*");
        return time == wasTime ? 1 : -1;
    }

    private static double words(
            List<Map.Entry<String, Integer>> values, Collection<? extends Collection<String>> known) {
        var keys = new HashSet<String>();
        known.forEach(words -> words.forEach(word -> keys.add(Profile.key(word))));
        return keys.isEmpty() ? 0 : sign(share(values, one -> keys.contains(Profile.key(one))));
    }

    /** Of the rows: a slip of the pen in one of them says little about the column. */
    private static double share(List<Map.Entry<String, Integer>> values, Predicate<String> is) {
        long all = values.stream().mapToLong(Map.Entry::getValue).sum();
        long those = values.stream()
                .filter(value -> is.test(value.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
        return those / (double) all;
    }

    private static double sign(double share) {
        return share >= MOST ? 1 : share == 0 ? -1 : 0;
    }

    private boolean isTime(String value) {
        return times.computeIfAbsent(
                value, one -> TimeFormats.of(List.of(one), true).isPresent() && !isNumber(one));
    }

    private static boolean isNumber(String value) {
        return value.chars().filter(Character::isDigit).count() >= 9
                && value.matches("[+0-9 ()./-]+")
                && Telephone.parse(value).isPresent();
    }

    /** A profile from nothing: by what exports call their columns, and by what stands in them where that can be little else. */
    private void named() {
        for (var field : Fields.of(channel)) {
            for (int i = 0; i < columns.size(); i++) {
                boolean several = field.code().equals("when") || field.code().equals("name");
                boolean free = several
                        || found.values().stream().noneMatch(one -> one.field().equals(field.code()));
                if (free && !found.containsKey(i) && !columns.get(i).twice() && isNamed(columns.get(i), field.code())) {
                    found.put(i, new Suggested(field.code(), null));
                }
            }
        }
        for (var code : List.of("email", "postcode", "number")) {
            byValues(code);
        }
    }

    private void byValues(String code) {
        if (Fields.of(channel, code).isEmpty()
                || found.values().stream().anyMatch(one -> one.field().equals(code))) {
            return;
        }
        for (int i = 0; i < columns.size(); i++) {
            var column = columns.get(i);
            if (!found.containsKey(i)
                    && !column.twice()
                    && column.filled() > 0
                    && values(column, code, "", false) == 1) {
                found.put(i, new Suggested(code, null));
                return;
            }
        }
    }

    private boolean isNamed(Column column, String code) {
        var key = words(column.name());
        return Fields.of(channel, code)
                .map(field ->
                        field.names().stream().anyMatch(name -> words(name).equals(key)))
                .orElse(false);
    }

    private static String words(String name) {
        return Profile.key(name).replaceAll("[^\\p{L}\\p{N}]+", " ").strip();
    }

    /** Of two names: how much of them is the same, by words and by letters; from 0 to 1. */
    static double likeness(String one, String other) {
        if (one.length() > NAME_LENGTH_MAX || other.length() > NAME_LENGTH_MAX) {
            return one.equals(other) ? 1 : 0;
        }
        var ones = new HashSet<>(Arrays.asList(words(one).split(" ")));
        var others = new HashSet<>(Arrays.asList(words(other).split(" ")));
        var shared = new HashSet<>(ones);
        shared.retainAll(others);
        double byWords = 2.0 * shared.size() / (ones.size() + others.size());
        int longer = Math.max(one.length(), other.length());
        double byLetters = longer == 0 ? 1 : 1 - distance(one, other) / (double) longer;
        return Math.max(byWords, byLetters);
    }

    /** Levenshtein's: how many letters must be put in, left out or changed. */
    private static int distance(String one, String other) {
        var before = new int[other.length() + 1];
        Arrays.setAll(before, i -> i);
        for (int i = 1; i <= one.length(); i++) {
            var row = new int[other.length() + 1];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int changed = before[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(changed, Math.min(before[j], row[j - 1]) + 1);
            }
            before = row;
        }
        return before[other.length()];
    }
}
