package org.postbag.cli;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * A contact list as a CSV file with a header, read row by row: UTF-8, with or without a byte order mark, or else Windows-1252.
 *
 * @param path of the file
 * @param charset that it is in
 * @param header the names of its columns
 */
record ContactList(Path path, Charset charset, List<String> header) {

    private static final Charset WINDOWS = Charset.forName("windows-1252");
    private static final int BLOCK_BYTES = 1 << 16;

    /** @throws UsageProblem if there is no such file, or no header in it */
    static ContactList of(Path path) throws UsageProblem {
        if (!Files.isRegularFile(path)) {
            throw new UsageProblem("there is no file \"%s\"".formatted(path));
        }
        try {
            var charset = charset(path);
            try (var reader = reader(path, charset)) {
                var rows = reader.iterator();
                if (!rows.hasNext()) {
                    throw new UsageProblem(
                            "the file \"%s\" is empty; its first line is to name its columns".formatted(path));
                }
                return new ContactList(path, charset, List.copyOf(rows.next().getFields()));
            }
        } catch (IOException | UncheckedIOException | CsvParseException unreadable) {
            throw new UsageProblem("the file \"%s\" could not be read as CSV".formatted(path));
        }
    }

    /** @throws UsageProblem naming the column and what there is instead */
    int column(String name) throws UsageProblem {
        int found = header.indexOf(name);
        if (found < 0) {
            throw new UsageProblem("the file \"%s\" has no column \"%s\"; it has: %s"
                    .formatted(path, name, String.join(", ", header)));
        }
        return found;
    }

    /**
     * Gives the cells of some columns of each row, empty where a row is too short; a blank line is no row.
     *
     * @param taking takes a row's number, from 1 for the first after the header, and its cells
     * @throws UsageProblem if it can't be read to its end, naming the line
     */
    void rows(List<Integer> columns, BiConsumer<Long, List<String>> taking) throws UsageProblem {
        long line = 1;
        try (var reader = reader(path, charset)) {
            long number = 0;
            for (var row : reader) {
                line = row.getStartingLineNumber();
                if (number > 0) {
                    taking.accept(number, cells(row, columns));
                }
                number++;
            }
        } catch (IOException | UncheckedIOException | CsvParseException unreadable) {
            throw new UsageProblem(
                    "the file \"%s\" could not be read beyond line %,d; is a quotation mark never closed there?"
                            .formatted(path, line));
        }
    }

    private static List<String> cells(CsvRecord row, List<Integer> columns) {
        var cells = new ArrayList<String>(columns.size());
        for (int column : columns) {
            cells.add(column < row.getFieldCount() ? row.getField(column) : "");
        }
        return cells;
    }

    /** How many lines there are, quickly: about as many rows, never fewer. */
    long lines() throws UsageProblem {
        long lines = 1;
        try (InputStream in = Files.newInputStream(path)) {
            var block = new byte[BLOCK_BYTES];
            for (int read = in.read(block); read >= 0; read = in.read(block)) {
                for (int i = 0; i < read; i++) {
                    if (block[i] == '\n') {
                        lines++;
                    }
                }
            }
        } catch (IOException unreadable) {
            throw new UsageProblem("the file \"%s\" could not be read".formatted(path));
        }
        return lines;
    }

    long bytes() throws UsageProblem {
        try {
            return Files.size(path);
        } catch (IOException unreadable) {
            throw new UsageProblem("the file \"%s\" could not be read".formatted(path));
        }
    }

    private static CsvReader<CsvRecord> reader(Path path, Charset charset) throws IOException {
        return CsvReader.builder()
                .detectBomHeader(true)
                .skipEmptyLines(true)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowUnclosedQuote(false)
                .ofCsvRecord(path, charset);
    }

    /** The whole file is looked at: one letter near its end may tell. */
    private static Charset charset(Path path) throws IOException {
        var decoder = StandardCharsets.UTF_8.newDecoder();
        var letters = java.nio.CharBuffer.allocate(BLOCK_BYTES);
        var bytes = ByteBuffer.allocate(BLOCK_BYTES);
        try (var channel = Files.newByteChannel(path)) {
            boolean ended = false;
            while (!ended) {
                ended = channel.read(bytes) < 0;
                bytes.flip();
                var result = decoder.decode(bytes, letters, ended);
                if (result.isError()) {
                    result.throwException();
                }
                bytes.compact();
                letters.clear();
            }
            return StandardCharsets.UTF_8;
        } catch (CharacterCodingException other) {
            return WINDOWS;
        }
    }
}
