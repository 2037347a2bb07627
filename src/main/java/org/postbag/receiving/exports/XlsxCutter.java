package org.postbag.receiving.exports;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import javax.xml.stream.XMLStreamException;
import org.apache.poi.ooxml.POIXMLException;
import org.apache.poi.openxml4j.exceptions.OpenXML4JException;
import org.apache.poi.openxml4j.exceptions.OpenXML4JRuntimeException;
import org.apache.poi.openxml4j.opc.OPCPackage;
import org.apache.poi.openxml4j.opc.PackageAccess;
import org.apache.poi.openxml4j.util.ZipSecureFile;
import org.apache.poi.xssf.eventusermodel.XSSFReader;
import org.jspecify.annotations.Nullable;
import org.postbag.receiving.ExportRow;
import org.postbag.receiving.Profile;

/** Cuts a spreadsheet into rows: those of each sheet that has the profile's columns, one sheet after the other. Sheets without them are named. */
final class XlsxCutter implements RowCutter {

    private static final int HEADER_ROWS_MAX = 20;
    private static final long PART_BYTES_MAX = 1024L * 1024 * 1024;
    private static final int PARTS_MAX = 10_000;
    private static final String BROKEN = "The spreadsheet is broken: it could not be read to its end";

    static {
        // POI refuses what unfolds to more than a hundred times its size by itself. Nothing else here reads
        // spreadsheets.
        ZipSecureFile.setMaxEntrySize(PART_BYTES_MAX);
    }

    private final OPCPackage file;
    private final XlsxSheet.Workbook workbook;
    private final Iterator<InputStream> sheets;
    private final Profile profile;
    private final List<String> notes = new ArrayList<>();
    private HeaderMatch.Difference closest = new HeaderMatch.Difference("", -1);
    private @Nullable XlsxSheet sheet;
    private @Nullable Header header;
    private int sheetsUnread;
    private int number;

    private XlsxCutter(OPCPackage file, Profile profile) throws IOException, OpenXML4JException, XMLStreamException {
        this.file = file;
        this.profile = profile;
        var reader = new XSSFReader(file);
        this.workbook = new XlsxSheet.Workbook(
                XlsxPart.sharedTexts(reader.getSharedStringsData()),
                XlsxPart.dateStyles(reader.getStylesData()),
                XlsxPart.countsFrom1904(reader.getWorkbookData()));
        this.sheets = reader.getSheetsData();
    }

    /** @throws BrokenExport if it is no spreadsheet, or no sheet has the profile's columns; the reason names them */
    static XlsxCutter open(Path path, Profile profile) throws IOException {
        checkZip(path);
        OPCPackage file = null;
        try {
            file = OPCPackage.open(path.toFile(), PackageAccess.READ);
            var cutter = new XlsxCutter(file, profile);
            if (!cutter.nextSheet()) {
                throw new BrokenExport(
                        cutter.closest.matched() < 0
                                ? "The file is empty"
                                : "The columns don't match the profile %s: %s"
                                        .formatted(profile.name(), cutter.closest.text()));
            }
            return cutter;
        } catch (OpenXML4JException
                | XMLStreamException
                | POIXMLException
                | OpenXML4JRuntimeException
                | IllegalArgumentException broken) {
            revert(file);
            throw new BrokenExport(BROKEN, broken);
        } catch (IOException | RuntimeException e) {
            revert(file);
            throw e;
        }
    }

    /** The first rows of the first sheet that has any, as they stand there. @throws BrokenExport if it is no spreadsheet */
    static List<List<String>> firstRows(Path path, int max) throws IOException {
        checkZip(path);
        OPCPackage file = null;
        try {
            file = OPCPackage.open(path.toFile(), PackageAccess.READ);
            return new XlsxCutter(file, SampleLook.ANY).firstRows(max);
        } catch (OpenXML4JException
                | XMLStreamException
                | POIXMLException
                | OpenXML4JRuntimeException
                | IllegalArgumentException broken) {
            throw new BrokenExport(BROKEN, broken);
        } finally {
            revert(file);
        }
    }

    private List<List<String>> firstRows(int max) throws IOException, XMLStreamException {
        while (sheets.hasNext()) {
            var rows = new ArrayList<List<String>>();
            try (var first = new XlsxSheet(sheets.next(), workbook)) {
                for (var cells = first.next(); cells != null && rows.size() < max; cells = first.next()) {
                    if (!cells.stream().allMatch(String::isBlank)) {
                        rows.add(cells);
                    }
                }
            }
            if (!rows.isEmpty()) {
                return rows;
            }
        }
        return List.of();
    }

    /** POI reads a zip file without a directory as a stream, all of it into memory; such a one is only half there. */
    private static void checkZip(Path path) throws IOException {
        try (var zip = new ZipFile(path.toFile())) {
            if (zip.size() > PARTS_MAX) {
                throw new BrokenExport("The spreadsheet has more than 10,000 parts");
            }
        } catch (ZipException broken) {
            throw new BrokenExport(BROKEN, broken);
        }
    }

    /** Closing a package would write it back. */
    private static void revert(@Nullable OPCPackage file) {
        if (file != null) {
            file.revert();
        }
    }

    @Override
    public @Nullable CutRow next() throws IOException {
        try {
            while (sheet != null && header != null) {
                for (var cells = sheet.next(); cells != null; cells = sheet.next()) {
                    var row = row(header, cells);
                    if (!(row instanceof ExportRow.Whole whole && whole.cells().isEmpty())) {
                        return new CutRow(++number, row);
                    }
                }
                nextSheet();
            }
            return null;
        } catch (XMLStreamException | POIXMLException | OpenXML4JRuntimeException broken) {
            throw new BrokenExport(BROKEN, broken);
        }
    }

    /** A spreadsheet leaves out the empty cells at a row's end. */
    private static ExportRow row(Header header, List<String> cells) {
        var padded = new ArrayList<>(cells);
        while (padded.size() < header.names().size()) {
            padded.add("");
        }
        return header.row(padded, String.join("\t", cells));
    }

    private boolean nextSheet() throws IOException, XMLStreamException {
        closeSheet();
        while (sheets.hasNext()) {
            sheet = new XlsxSheet(sheets.next(), workbook);
            boolean empty = true;
            for (int i = 0; i < HEADER_ROWS_MAX; i++) {
                var cells = sheet.next();
                if (cells == null) {
                    break;
                }
                empty &= cells.stream().allMatch(String::isBlank);
                switch (Header.match(cells, profile)) {
                    case Header found -> {
                        header = found;
                        notes.add(found.notes());
                        return true;
                    }
                    case HeaderMatch.Difference difference ->
                        closest = !empty && difference.matched() > closest.matched() ? difference : closest;
                }
            }
            sheetsUnread += empty ? 0 : 1;
            closeSheet();
        }
        return false;
    }

    private void closeSheet() throws IOException {
        if (sheet != null) {
            sheet.close();
        }
        sheet = null;
        header = null;
    }

    @Override
    public String notes() {
        var text = String.join(
                " ", notes.stream().filter(note -> !note.isEmpty()).distinct().toList());
        return sheetsUnread == 0
                ? text
                : (text + " Sheets without the profile's columns, not read: " + sheetsUnread + ".").strip();
    }

    @Override
    public void close() throws IOException {
        try {
            closeSheet();
        } finally {
            file.revert();
        }
    }
}
