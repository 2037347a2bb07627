package org.postbag.figures;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.StringWriter;

/** A table as a file. Total lines are left out: whoever adds a column up would count twice. */
public final class Csv {

    /** With these a spreadsheet begins a formula, after white space too, and as they are written in East Asia (OWASP, CSV Injection). */
    private static final String FORMULA_STARTS = "=+-@\t\r\n|\uFF1D\uFF0B\uFF0D\uFF20";

    private Csv() {}

    public static String of(Table table) {
        var text = new StringWriter();
        var csv = CsvWriter.builder()
                .lineDelimiter(LineDelimiter.CRLF)
                // The text is its own buffer.
                .bufferSize(0)
                .build(text);
        csv.writeRecord(table.columns().stream().map(Csv::harmless).toList());
        for (var row : table.rows()) {
            csv.writeRecord(row.stream().map(Csv::cell).toList());
        }
        return text.toString();
    }

    /** What we counted is a number, also below zero; all else may come from a sender. */
    private static String cell(Cell cell) {
        return cell.number() ? cell.plain() : harmless(cell.plain());
    }

    /** The text, after an apostrophe where a spreadsheet would take it for a formula. */
    public static String harmless(String text) {
        var start = text.stripLeading();
        boolean formula = !start.isEmpty() && FORMULA_STARTS.indexOf(start.charAt(0)) >= 0
                || !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0;
        return formula ? "'" + text : text;
    }
}
