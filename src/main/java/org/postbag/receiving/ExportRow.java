package org.postbag.receiving;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * One row of an export as it is stored: the raw item, so that it never holds two callers' data. Its JSON is canonical: equal rows have equal bytes,
 * whatever the export's encoding, delimiter or order of columns.
 */
public sealed interface ExportRow {

    /**
     * A row that could be cut into cells: what it says, by the name of the column. Empty cells are left out.
     *
     * @param seen the day on which a public list was seen that doesn't say so itself, else null
     */
    record Whole(SortedMap<String, String> cells, @Nullable LocalDate seen) implements ExportRow {

        public Whole {
            cells = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(cells));
        }

        public Whole(SortedMap<String, String> cells) {
            this(cells, null);
        }
    }

    /**
     * A row that couldn't be.
     *
     * @param cells how many cells it seems to have
     * @param columns how many the header has
     * @param text the row as it stands in the export, decoded
     */
    record Damaged(Fault fault, int cells, int columns, String text) implements ExportRow {}

    /** What is wrong with a row. */
    enum Fault {
        UNCLOSED_QUOTE("unclosed-quote"),
        TEXT_AFTER_QUOTE("text-after-quote"),
        TOO_FEW_CELLS("too-few-cells"),
        TOO_MANY_CELLS("too-many-cells"),
        /** A public list has two entries under one id, so that nobody can tell whose it is. */
        ENTRY_TWICE("entry-twice");

        private final String code;

        Fault(String code) {
            this.code = code;
        }

        public String code() {
            return code;
        }
    }

    /** The raw bytes of the item: UTF-8. */
    default byte[] json() {
        var json = Json.MAPPER.createObjectNode();
        switch (this) {
            case Whole whole -> {
                var cells = json.putObject("cells");
                whole.cells().forEach(cells::put);
                if (whole.seen() != null) {
                    json.put("seen", whole.seen().toString());
                }
            }
            case Damaged damaged ->
                json.put("fault", damaged.fault().code())
                        .put("cells", damaged.cells())
                        .put("columns", damaged.columns())
                        .put("text", damaged.text());
        }
        return Json.MAPPER.writeValueAsBytes(json);
    }

    /** Reads what {@link #json} wrote; empty for anything else. */
    static Optional<ExportRow> parse(byte[] json) {
        try {
            var row = Json.MAPPER.readTree(json);
            if (row.path("fault").isString()) {
                return Arrays.stream(Fault.values())
                        .filter(f -> f.code().equals(row.path("fault").stringValue()))
                        .findFirst()
                        .map(fault -> new Damaged(
                                fault,
                                row.path("cells").asInt(0),
                                row.path("columns").asInt(0),
                                row.path("text").asString("")));
            }
            return row.path("cells").isObject()
                    ? Optional.of(new Whole(cells(row.path("cells")), seen(row.path("seen"))))
                    : Optional.empty();
        } catch (JacksonException | DateTimeException notARow) {
            return Optional.empty();
        }
    }

    private static @Nullable LocalDate seen(JsonNode seen) {
        return seen.isString() ? LocalDate.parse(seen.stringValue()) : null;
    }

    private static SortedMap<String, String> cells(JsonNode cells) {
        var map = new TreeMap<String, String>();
        for (Map.Entry<String, JsonNode> cell : cells.properties()) {
            map.put(cell.getKey(), cell.getValue().asString(""));
        }
        return map;
    }
}
