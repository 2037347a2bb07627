package org.postbag.receiving.exports;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.postbag.receiving.ExportRow;
import org.postbag.receiving.ExportRow.Fault;
import org.postbag.receiving.Profile;

/**
 * The columns of an export.
 *
 * @param names of its columns in order, each once; those that the profile knows as it writes them
 * @param unknown the columns that the profile doesn't know: kept in each row, but nothing reads them
 */
record Header(List<String> names, List<String> unknown) implements HeaderMatch {

    private static final int SHOWN_CHARACTERS_MAX = 40;
    private static final int SHOWN_COLUMNS_MAX = 20;
    private static final Pattern LIKE_PERSONAL_DATA = Pattern.compile(".*([0-9][^a-zA-Z]*){5}.*|.*@.*", Pattern.DOTALL);

    Header {
        names = List.copyOf(names);
        unknown = List.copyOf(unknown);
    }

    /** Holds the first row of an export against the columns that its profile uses. */
    static HeaderMatch match(List<String> cells, Profile profile) {
        var known = new HashMap<String, String>();
        var missing = new LinkedHashSet<String>();
        profile.columns().forEach((field, columns) -> {
            columns.forEach(column -> known.put(Profile.key(column), column));
            if (!profile.optional().contains(field)) {
                missing.addAll(columns);
            }
        });
        int required = missing.size();
        var names = new ArrayList<String>();
        var unknown = new ArrayList<String>();
        var twice = new LinkedHashSet<String>();
        var seen = new HashSet<String>();
        for (var cell : cells) {
            var column = known.get(Profile.key(cell));
            if (column == null) {
                names.add(once(cell, names.size(), seen));
                unknown.add(names.getLast());
            } else {
                missing.remove(column);
                names.add(column);
                if (!seen.add(Profile.key(column))) {
                    twice.add(column);
                }
            }
        }
        if (missing.isEmpty() && twice.isEmpty()) {
            return new Header(names, unknown);
        }
        return new HeaderMatch.Difference(difference(missing, twice, unknown, required), required - missing.size());
    }

    /** Whether a name could be somebody's number or address: then the row is more likely a caller's than a header. */
    static boolean isLikePersonalData(String name) {
        return LIKE_PERSONAL_DATA.matcher(name).matches();
    }

    private static String once(String cell, int index, Set<String> seen) {
        var name = cell.isBlank() ? "column " + (index + 1) : cell.strip();
        var unique = name;
        for (int n = 2; !seen.add(Profile.key(unique)); n++) {
            unique = name + " (" + n + ")";
        }
        return unique;
    }

    private static String difference(Set<String> missing, Set<String> twice, List<String> unknown, int required) {
        // Where nothing fits, the row is more likely a caller's than a header, and is not to be shown.
        if (missing.size() == required) {
            return "The first row has none of the columns that the profile needs. Is the header missing? It needs: "
                    + String.join(", ", missing);
        }
        var text = new StringBuilder();
        if (!missing.isEmpty()) {
            text.append("missing: ").append(String.join(", ", missing));
        }
        if (!twice.isEmpty()) {
            text.append(text.isEmpty() ? "" : "; ").append("more than once: ").append(String.join(", ", twice));
        }
        if (!unknown.isEmpty()) {
            text.append("; unexpected: ").append(shown(unknown));
        }
        return text.toString();
    }

    /** Names of columns for a page or a report; one that could be somebody's number or address is left out. */
    static String shown(List<String> columns) {
        var text = new StringBuilder();
        for (var column : columns.subList(0, Math.min(columns.size(), SHOWN_COLUMNS_MAX))) {
            var shown = LIKE_PERSONAL_DATA.matcher(column).matches()
                    ? "(a name that looks like a number or an address)"
                    : column.length() > SHOWN_CHARACTERS_MAX ? column.substring(0, SHOWN_CHARACTERS_MAX) + "…" : column;
            text.append(text.isEmpty() ? "" : ", ").append(shown.replaceAll("\\p{Cntrl}", " "));
        }
        return columns.size() > SHOWN_COLUMNS_MAX
                ? text + " and " + (columns.size() - SHOWN_COLUMNS_MAX) + " more"
                : text.toString();
    }

    /** A row of this export. {@code text} is how it stands there, kept where it can't be told which cell is which. */
    ExportRow row(List<String> cells, String text) {
        int count = cells.size();
        while (count > names.size() && cells.get(count - 1).isBlank()) {
            count--;
        }
        if (count != names.size()) {
            return new ExportRow.Damaged(
                    count < names.size() ? Fault.TOO_FEW_CELLS : Fault.TOO_MANY_CELLS, count, names.size(), text);
        }
        return whole(cells);
    }

    /** The cells under their columns' names; what is missing at the end is empty. */
    ExportRow.Whole whole(List<String> cells) {
        var row = new TreeMap<String, String>();
        for (int i = 0; i < Math.min(cells.size(), names.size()); i++) {
            if (!cells.get(i).isBlank()) {
                row.put(names.get(i), cells.get(i).strip());
            }
        }
        return new ExportRow.Whole(row);
    }

    String notes() {
        return unknown.isEmpty() ? "" : "Columns that the profile doesn't know: " + shown(unknown) + ".";
    }
}
