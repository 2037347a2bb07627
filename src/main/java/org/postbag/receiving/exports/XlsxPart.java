package org.postbag.receiving.exports;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.apache.poi.ss.usermodel.BuiltinFormats;
import org.apache.poi.ss.usermodel.DateUtil;
import org.jspecify.annotations.Nullable;

/**
 * The small parts of a spreadsheet (ECMA-376 part 1, 18), read as a stream with a limit on each: a spreadsheet of a few kilobytes can unfold to
 * gigabytes, and POI's own tables hold what they read as trees.
 */
final class XlsxPart {

    private static final long TEXTS_CHARACTERS_MAX = 100_000_000;
    private static final int STYLES_MAX = 65_536;
    private static final XMLInputFactory XML = xml();

    private XlsxPart() {}

    private static XMLInputFactory xml() {
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory;
    }

    static XMLStreamReader reader(InputStream in) throws XMLStreamException {
        return XML.createXMLStreamReader(in);
    }

    /** The texts that cells refer to by number (18.4). */
    static List<String> sharedTexts(@Nullable InputStream in) throws IOException, XMLStreamException {
        var texts = new ArrayList<String>();
        if (in == null) {
            return texts;
        }
        try (in) {
            var xml = reader(in);
            long characters = 0;
            while (xml.hasNext()) {
                if (xml.next() == XMLStreamConstants.START_ELEMENT
                        && xml.getLocalName().equals("si")) {
                    var text = text(xml, "si");
                    characters += text.length() + 1;
                    if (characters > TEXTS_CHARACTERS_MAX) {
                        throw new BrokenExport("The spreadsheet holds more than 100 million characters of text");
                    }
                    texts.add(text);
                }
            }
        }
        return texts;
    }

    /** The text within the element that was just opened, up to its end: plain or in runs, without what tells how to pronounce it. */
    static String text(XMLStreamReader xml, String element) throws XMLStreamException {
        var text = new StringBuilder();
        int phonetic = 0;
        while (xml.hasNext()) {
            int event = xml.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                if (xml.getLocalName().equals("rPh")) {
                    phonetic++;
                } else if (xml.getLocalName().equals("t")) {
                    var run = xml.getElementText();
                    text.append(phonetic == 0 ? run : "");
                }
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                if (xml.getLocalName().equals("rPh")) {
                    phonetic--;
                } else if (xml.getLocalName().equals(element)) {
                    break;
                }
            }
        }
        return text.toString();
    }

    /** The cell styles (18.8.10) that show a number as a date or time. */
    static Set<Integer> dateStyles(@Nullable InputStream in) throws IOException, XMLStreamException {
        var dates = new HashSet<Integer>();
        if (in == null) {
            return dates;
        }
        try (in) {
            var xml = reader(in);
            Map<Integer, String> formats = new HashMap<>();
            boolean cells = false;
            int style = 0;
            while (xml.hasNext() && style < STYLES_MAX) {
                int event = xml.next();
                var element = event == XMLStreamConstants.START_ELEMENT || event == XMLStreamConstants.END_ELEMENT
                        ? xml.getLocalName()
                        : "";
                if (element.equals("cellXfs")) {
                    cells = event == XMLStreamConstants.START_ELEMENT;
                } else if (event == XMLStreamConstants.START_ELEMENT && element.equals("numFmt")) {
                    formats.put(number(xml, "numFmtId"), attribute(xml, "formatCode"));
                } else if (event == XMLStreamConstants.START_ELEMENT && cells && element.equals("xf")) {
                    if (isDate(number(xml, "numFmtId"), formats)) {
                        dates.add(style);
                    }
                    style++;
                }
            }
        }
        return dates;
    }

    private static boolean isDate(int format, Map<Integer, String> formats) {
        var code = formats.getOrDefault(format, BuiltinFormats.getBuiltinFormat(format));
        return code != null && DateUtil.isADateFormat(format, code);
    }

    /** Whether the workbook counts days from 1904 (18.2.28). */
    static boolean countsFrom1904(InputStream in) throws IOException, XMLStreamException {
        try (in) {
            var xml = reader(in);
            while (xml.hasNext()) {
                if (xml.next() == XMLStreamConstants.START_ELEMENT
                        && xml.getLocalName().equals("workbookPr")) {
                    var value = attribute(xml, "date1904");
                    return value.equals("1") || value.equals("true");
                }
            }
            return false;
        }
    }

    /** An attribute without a namespace, or an empty text. */
    static String attribute(XMLStreamReader xml, String name) {
        var value = xml.getAttributeValue(null, name);
        return value == null ? "" : value;
    }

    private static int number(XMLStreamReader xml, String name) {
        var value = attribute(xml, name);
        return value.matches("[0-9]{1,9}") ? Integer.parseInt(value) : 0;
    }
}
