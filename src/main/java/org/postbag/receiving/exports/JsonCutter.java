package org.postbag.receiving.exports;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.postbag.receiving.ExportRow;
import org.postbag.receiving.Profile;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/**
 * Cuts JSON (RFC 8259) into rows: a list of objects, or one object after the other (NDJSON). A field within
 * another is a column whose name is both of theirs with a dot between; the values of a list are one a line.
 */
final class JsonCutter implements RowCutter {

    /** What the columns are is told by these rows, since JSON leaves out what is empty. */
    private static final int HEADER_ROWS_MAX = 200;

    private static final int HEADER_CHARACTERS_MAX = 10_000_000;

    private static final int ROW_CHARACTERS_MAX = 1_000_000;
    private static final int COLUMNS_MAX = 1_000;
    private static final int DEPTH_MAX = 20;
    private static final String BROKEN = "The file is not JSON, or was cut off";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final JsonParser parser;
    private final Profile profile;
    private final Deque<ExportRow.Whole> read = new ArrayDeque<>();
    private Header header = new Header(List.of(), List.of());
    private final Map<String, String> known = new HashMap<>();
    private int number;
    private int rowCharacters;

    private JsonCutter(JsonParser parser, Profile profile) {
        this.parser = parser;
        this.profile = profile;
        profile.columns()
                .values()
                .forEach(columns -> columns.forEach(column -> known.put(Profile.key(column), column)));
    }

    /** Whether a text that begins like this may be JSON: no header of a table begins with a bracket. */
    static boolean isJson(byte[] first) {
        for (byte b : first) {
            boolean passed = b == ' ' || b == '\t' || b == '\n' || b == '\r' || b == 0 || (b & 0x80) != 0;
            if (!passed) {
                return b == '[' || b == '{';
            }
        }
        return false;
    }

    /** @throws BrokenExport if it isn't JSON, has no rows, or none of the first has the columns that the profile needs */
    static JsonCutter open(Path file, Profile profile) throws IOException {
        var in = Files.newInputStream(file);
        try {
            var cutter = new JsonCutter(JSON.createParser(in), profile);
            cutter.enter();
            cutter.readHeader();
            return cutter;
        } catch (JacksonException notJson) {
            in.close();
            throw new BrokenExport(BROKEN, notJson);
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    /** Goes to where the first row begins. */
    private void enter() throws BrokenExport {
        var first = parser.nextToken();
        if (first == JsonToken.START_ARRAY) {
            parser.nextToken();
        } else if (first != JsonToken.START_OBJECT) {
            throw new BrokenExport("The file is JSON, but not a list of objects");
        }
    }

    private void readHeader() throws IOException {
        var columns = new LinkedHashSet<String>();
        long characters = 0;
        while (read.size() < HEADER_ROWS_MAX && characters < HEADER_CHARACTERS_MAX) {
            var row = cut();
            if (row == null) {
                break;
            }
            read.add(row);
            characters += rowCharacters;
            columns.addAll(row.cells().keySet());
        }
        if (read.isEmpty()) {
            throw new BrokenExport("The file is empty");
        }
        switch (Header.match(List.copyOf(columns), profile)) {
            case Header found -> header = found;
            case HeaderMatch.Difference difference ->
                throw new BrokenExport(
                        "The columns don't match the profile %s: %s".formatted(profile.name(), difference.text()),
                        difference.matched());
        }
    }

    @Override
    public @Nullable CutRow next() throws IOException {
        try {
            var row = read.isEmpty() ? cut() : read.poll();
            return row == null ? null : new CutRow(++number, named(row));
        } catch (JacksonException broken) {
            throw new BrokenExport(BROKEN, broken);
        }
    }

    /** The columns as the profile writes them, as in {@link Header}. */
    private ExportRow named(ExportRow.Whole row) {
        var cells = new TreeMap<String, String>();
        row.cells().forEach((name, cell) -> cells.put(known.getOrDefault(Profile.key(name), name), cell));
        return new ExportRow.Whole(cells);
    }

    /** The next object that says anything; null after the last. */
    private ExportRow.@Nullable Whole cut() throws IOException {
        while (parser.currentToken() != null) {
            switch (parser.currentToken()) {
                case START_OBJECT -> {
                    var row = whole();
                    parser.nextToken();
                    if (!row.cells().isEmpty()) {
                        return row;
                    }
                }
                // The list ends, and with it a file that is one; or, in NDJSON, there is none.
                case END_ARRAY -> parser.nextToken();
                default -> throw new BrokenExport("The file is JSON, but not a list of objects");
            }
        }
        return null;
    }

    /** Flattens the object at which the parser is, and leaves the parser at its end. */
    private ExportRow.Whole whole() throws BrokenExport {
        var cells = new TreeMap<String, StringBuilder>();
        rowCharacters = 0;
        flattenObject("", cells, 0);
        var row = new TreeMap<String, String>();
        cells.forEach((name, cell) -> {
            if (!cell.toString().isBlank()) {
                row.put(name, cell.toString());
            }
        });
        return new ExportRow.Whole(row);
    }

    private void flattenObject(String name, Map<String, StringBuilder> cells, int depth) throws BrokenExport {
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var field = parser.currentName();
            parser.nextToken();
            flatten(name.isEmpty() ? field : name + "." + field, cells, depth + 1);
        }
    }

    private void flatten(String name, Map<String, StringBuilder> cells, int depth) throws BrokenExport {
        var token = parser.currentToken();
        if (token.isStructStart() && depth > DEPTH_MAX) {
            parser.skipChildren();
        } else if (token == JsonToken.START_OBJECT) {
            flattenObject(name, cells, depth);
        } else if (token == JsonToken.START_ARRAY) {
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                flatten(name, cells, depth + 1);
            }
        } else if (token != JsonToken.VALUE_NULL && (cells.size() < COLUMNS_MAX || cells.containsKey(name))) {
            add(cells.computeIfAbsent(name, _ -> new StringBuilder()), parser.getString());
        }
    }

    private void add(StringBuilder cell, String text) throws BrokenExport {
        rowCharacters += text.length() + 1;
        if (rowCharacters > ROW_CHARACTERS_MAX) {
            throw new BrokenExport("A row has more than a million characters");
        }
        cell.append(cell.isEmpty() ? "" : "\n").append(text);
    }

    @Override
    public String notes() {
        return header.notes();
    }

    @Override
    public void close() {
        parser.close();
    }
}
