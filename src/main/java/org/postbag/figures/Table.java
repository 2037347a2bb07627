package org.postbag.figures;

import java.util.List;

/**
 * Rows of figures under named columns; the first cell of a row says what it is of.
 *
 * @param rows all of the same length as {@code columns}
 * @param total the last line, or empty for none
 */
public record Table(List<String> columns, List<List<Cell>> rows, List<Cell> total) {

    public Table {
        columns = List.copyOf(columns);
        rows = rows.stream().map(List::copyOf).toList();
        total = List.copyOf(total);
        for (var row : rows) {
            if (row.size() != columns.size()) {
                throw new IllegalArgumentException(
                        "A row has " + row.size() + " cells under " + columns.size() + " columns");
            }
        }
    }

    public Table(List<String> columns, List<List<Cell>> rows) {
        this(columns, rows, List.of());
    }

    public boolean isEmpty() {
        return rows.isEmpty();
    }

    /** Whether the figures of a column are set to the right. */
    public boolean isNumber(int column) {
        return column > 0 && rows.stream().anyMatch(row -> row.get(column).number());
    }
}
