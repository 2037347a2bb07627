package org.postbag.receiving.exports;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.apache.poi.ss.usermodel.DateUtil;
import org.apache.poi.ss.util.CellReference;
import org.jspecify.annotations.Nullable;

/** The rows of one sheet (ECMA-376 part 1, 18.3), as a stream. Formulas are not worked out: what they last came to is taken, as text. */
final class XlsxSheet implements Closeable {

    private static final int COLUMNS_MAX = 1_000;
    private static final DateTimeFormatter DATE_AND_TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

    private final InputStream in;
    private final XMLStreamReader xml;
    private final Workbook workbook;

    /** What a sheet's cells refer to. */
    record Workbook(List<String> texts, Set<Integer> dateStyles, boolean countsFrom1904) {}

    XlsxSheet(InputStream in, Workbook workbook) throws XMLStreamException {
        this.in = in;
        this.xml = XlsxPart.reader(in);
        this.workbook = workbook;
    }

    /** The cells of the next row, those in between that are missing as empty texts; null after the last row. */
    @Nullable
    List<String> next() throws XMLStreamException, BrokenExport {
        while (xml.hasNext()) {
            if (xml.next() == XMLStreamConstants.START_ELEMENT
                    && xml.getLocalName().equals("row")) {
                return row();
            }
        }
        return null;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private List<String> row() throws XMLStreamException, BrokenExport {
        var cells = new ArrayList<String>();
        while (xml.hasNext()) {
            int event = xml.next();
            if (event == XMLStreamConstants.END_ELEMENT && xml.getLocalName().equals("row")) {
                break;
            }
            if (event == XMLStreamConstants.START_ELEMENT && xml.getLocalName().equals("c")) {
                int column = column(XlsxPart.attribute(xml, "r"), cells.size());
                var cell = cell();
                if (column >= COLUMNS_MAX && !cell.isBlank()) {
                    throw new BrokenExport("A row has more than 1,000 cells");
                }
                while (column < COLUMNS_MAX && cells.size() <= column) {
                    cells.add("");
                }
                if (column < COLUMNS_MAX) {
                    cells.set(column, cell);
                }
            }
        }
        return cells;
    }

    private static int column(String reference, int following) {
        if (!reference.matches("[A-Za-z]{1,3}[0-9]{1,7}")) {
            return following;
        }
        return CellReference.convertColStringToIndex(reference.replaceAll("[0-9]", ""));
    }

    private String cell() throws XMLStreamException {
        var type = XlsxPart.attribute(xml, "t");
        var style = XlsxPart.attribute(xml, "s");
        var value = "";
        while (xml.hasNext()) {
            int event = xml.next();
            if (event == XMLStreamConstants.END_ELEMENT && xml.getLocalName().equals("c")) {
                break;
            }
            if (event == XMLStreamConstants.START_ELEMENT && xml.getLocalName().equals("v")) {
                value = xml.getElementText();
            } else if (event == XMLStreamConstants.START_ELEMENT
                    && xml.getLocalName().equals("is")) {
                value = XlsxPart.text(xml, "is");
            }
        }
        return switch (type) {
            case "s" -> shared(value);
            case "b" -> value.strip().equals("1") ? "TRUE" : "FALSE";
            case "", "n" -> number(value.strip(), style);
            // Texts, dates in ISO 8601, errors such as #N/A: as they stand.
            default -> value;
        };
    }

    private String shared(String index) {
        if (!index.strip().matches("[0-9]{1,9}")) {
            return "";
        }
        int i = Integer.parseInt(index.strip());
        return i < workbook.texts().size() ? workbook.texts().get(i) : "";
    }

    /** A number in full, since a telephone number is none; or the date that it is shown as. */
    private String number(String value, String style) {
        if (value.isEmpty()) {
            return "";
        }
        double number;
        try {
            number = Double.parseDouble(value);
        } catch (NumberFormatException text) {
            return value;
        }
        if (!Double.isFinite(number)) {
            return value;
        }
        if (style.matches("[0-9]{1,9}")
                && workbook.dateStyles().contains(Integer.parseInt(style))
                && DateUtil.isValidExcelDate(number)) {
            return date(number);
        }
        return new BigDecimal(Double.toString(number)).stripTrailingZeros().toPlainString();
    }

    private String date(double number) {
        LocalDateTime date = DateUtil.getLocalDateTime(number, workbook.countsFrom1904(), true);
        if (number < 1) {
            return TIME.format(date);
        }
        return date.truncatedTo(ChronoUnit.DAYS).equals(date)
                ? date.toLocalDate().toString()
                : DATE_AND_TIME.format(date);
    }
}
