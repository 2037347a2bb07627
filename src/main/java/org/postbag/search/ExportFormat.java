package org.postbag.search;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.poi.poifs.crypt.temp.SXSSFWorkbookWithCustomZipEntrySource;
import org.apache.poi.xssf.streaming.SXSSFSheet;

/** The kinds of file that a result is exported to. */
public enum ExportFormat {
    CSV("csv", "text/csv; charset=utf-8") {
        @Override
        Rows begin(OutputStream out) throws IOException {
            return new CsvRows(out);
        }
    },
    XLSX("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet") {
        @Override
        Rows begin(OutputStream out) {
            return new WorkbookRows(out);
        }
    };

    private final String code;
    private final String mediaType;

    ExportFormat(String code, String mediaType) {
        this.code = code;
        this.mediaType = mediaType;
    }

    /** Also how the file's name ends. */
    public String code() {
        return code;
    }

    public String mediaType() {
        return mediaType;
    }

    public static Optional<ExportFormat> of(String code) {
        return Arrays.stream(values()).filter(f -> f.code.equals(code)).findFirst();
    }

    abstract Rows begin(OutputStream out) throws IOException;

    /** Rows of a file that is being written; it is whole once they are finished. Closing gives back what they hold, and leaves what they are written to open. */
    interface Rows extends Closeable {

        /** Each cell is written as text that no spreadsheet takes for a formula. */
        void add(List<String> cells) throws IOException;

        void finish() throws IOException;
    }

    /** RFC 4180, with the mark by which Excel knows UTF-8. */
    private static final class CsvRows implements Rows {

        private final CsvWriter writer;

        CsvRows(OutputStream out) throws IOException {
            var text = new OutputStreamWriter(out, StandardCharsets.UTF_8);
            text.write('\uFEFF');
            writer = CsvWriter.builder().build(text);
        }

        @Override
        public void add(List<String> cells) {
            writer.writeRecord(cells.stream().map(SpreadsheetCells::text).toList());
        }

        @Override
        public void finish() throws IOException {
            writer.flush();
        }

        @Override
        public void close() {
            // Nothing is held but what was not sent yet, and a file that broke off must not look whole.
        }
    }

    /** Only the latest rows are in memory; the others wait in a temporary file, encrypted under a key that is nowhere else. */
    private static final class WorkbookRows implements Rows {

        private final OutputStream out;
        private final SXSSFWorkbookWithCustomZipEntrySource workbook = new SXSSFWorkbookWithCustomZipEntrySource();
        private final SXSSFSheet sheet = workbook.createSheet("Enquiries");
        private int count;

        WorkbookRows(OutputStream out) {
            this.out = out;
            sheet.createFreezePane(0, 1);
        }

        @Override
        public void add(List<String> cells) {
            var row = sheet.createRow(count++);
            for (int i = 0; i < cells.size(); i++) {
                row.createCell(i).setCellValue(SpreadsheetCells.text(cells.get(i)));
            }
        }

        @Override
        public void finish() throws IOException {
            workbook.write(out);
        }

        @Override
        public void close() throws IOException {
            workbook.dispose();
            workbook.close();
        }
    }
}
