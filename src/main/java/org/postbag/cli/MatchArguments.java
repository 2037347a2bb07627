package org.postbag.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postbag.contacts.matching.ContactTable;
import org.postbag.contacts.matching.Field;

/**
 * What {@code match} was asked for.
 *
 * @param id the column whose value tells the rows apart
 * @param columns that are compared
 * @param fields what each of them holds
 */
record MatchArguments(
        ContactList input,
        @Nullable ContactList link,
        String id,
        List<String> columns,
        List<Field> fields,
        Map<String, String> files) {

    private static final Set<String> FILES = Set.of("--out", "--report", "--model", "--save-model");
    private static final Set<String> OTHERS = Set.of("--input", "--link", "--id", "--map");

    static MatchArguments of(List<String> arguments) throws UsageProblem {
        var values = new HashMap<String, String>();
        var columns = new ArrayList<String>();
        var fields = new ArrayList<Field>();
        for (int i = 0; i < arguments.size(); i += 2) {
            var option = arguments.get(i);
            if (!FILES.contains(option) && !OTHERS.contains(option)) {
                throw new UsageProblem("match has no option \"%s\"; type \"help match\"".formatted(option));
            }
            if (i + 1 == arguments.size()) {
                throw new UsageProblem(option + " needs a value");
            }
            var value = arguments.get(i + 1);
            if (option.equals("--map")) {
                int equals = value.lastIndexOf('=');
                columns.add(equals < 0 ? value : value.substring(0, equals));
                fields.add(field(value, equals));
            } else {
                values.put(option, value);
            }
        }
        var input = values.get("--input");
        var id = values.get("--id");
        if (input == null || id == null || !values.containsKey("--out") || fields.isEmpty()) {
            throw new UsageProblem("match needs --input, --id, --out and at least one --map");
        }
        if (fields.size() > ContactTable.FIELDS_MAX) {
            throw new UsageProblem("match compares at most %d columns".formatted(ContactTable.FIELDS_MAX));
        }
        var link = values.get("--link");
        var files = new HashMap<>(values);
        files.keySet().retainAll(FILES);
        return new MatchArguments(
                ContactList.of(Paths.path(input)),
                link == null ? null : ContactList.of(Paths.path(link)),
                id,
                columns,
                fields,
                files);
    }

    private static Field field(String map, int equals) throws UsageProblem {
        var code = equals < 0 ? "" : map.substring(equals + 1);
        return Field.of(code)
                .orElseThrow(() -> new UsageProblem(
                        "--map %s: write COLUMN=FIELD, with one of the fields %s".formatted(map, codes())));
    }

    static String codes() {
        return Arrays.stream(Field.values()).map(Field::code).collect(Collectors.joining(" "));
    }

    List<ContactList> lists() {
        return link == null ? List.of(input) : List.of(input, link);
    }

    /** The id's place in a list, then those of the columns. */
    List<Integer> places(ContactList list) throws UsageProblem {
        var places = new ArrayList<Integer>();
        places.add(list.column(id));
        for (var column : columns) {
            places.add(list.column(column));
        }
        return places;
    }
}
