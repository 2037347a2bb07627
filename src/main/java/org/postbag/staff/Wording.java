package org.postbag.staff;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Codes and sizes as pages say them; templates use it as {@code @wording}. */
@Component("wording")
public class Wording {

    private static final Map<String, String> FILE_TYPES = Map.ofEntries(
            Map.entry("application/pdf", "PDF"),
            Map.entry("image/png", "PNG picture"),
            Map.entry("image/jpeg", "JPEG picture"),
            Map.entry("image/gif", "GIF picture"),
            Map.entry("image/tiff", "TIFF picture"),
            Map.entry("text/plain", "text"),
            Map.entry("text/csv", "CSV"),
            Map.entry("text/html", "web page"),
            Map.entry("text/calendar", "calendar entry"),
            Map.entry("message/rfc822", "email"),
            Map.entry("application/zip", "ZIP archive"),
            Map.entry("application/rtf", "RTF document"),
            Map.entry("application/msword", "Word document"),
            Map.entry("application/vnd.ms-excel", "Excel workbook"),
            Map.entry("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "Word document"),
            Map.entry("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "Excel workbook"),
            Map.entry("application/vnd.oasis.opendocument.text", "OpenDocument text"),
            Map.entry("application/octet-stream", "type not told"));

    private static final long KILOBYTE_BYTES = 1024;
    private static final long MEGABYTE_BYTES = 1024 * KILOBYTE_BYTES;

    /** A code of the vocabulary as people read it: {@code political-party} is "Political party". */
    public String of(String code) {
        var words = code.replace('-', ' ');
        return words.isEmpty() ? words : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    /** "1 enquiry", "12 enquiries", "1,234 enquiries". */
    public String count(long number, String one, String many) {
        return String.format(Locale.UK, "%,d %s", number, number == 1 ? one : many);
    }

    /** "312 bytes", "212 KB", "1.4 MB". */
    public String size(long bytes) {
        if (bytes < KILOBYTE_BYTES) {
            return count(bytes, "byte", "bytes");
        }
        if (bytes < MEGABYTE_BYTES) {
            return String.format(Locale.UK, "%,d KB", Math.round((double) bytes / KILOBYTE_BYTES));
        }
        return String.format(Locale.UK, "%,.1f MB", (double) bytes / MEGABYTE_BYTES);
    }

    /** "one year", "3 years", "18 months". */
    public String period(int months) {
        if (months % 12 != 0) {
            return count(months, "month", "months");
        }
        return months == 12 ? "one year" : count(months / 12, "year", "years");
    }

    /** What is wrong with a field, or null where nothing is. */
    public @Nullable String error(@Nullable List<PageError> errors, String field) {
        if (errors == null) {
            return null;
        }
        return errors.stream()
                .filter(error -> error.field().equals(field))
                .map(PageError::text)
                .findFirst()
                .orElse(null);
    }

    /** Words with a capital first letter and a full stop. */
    public String sentence(String words) {
        var text = words.strip();
        if (text.isEmpty()) {
            return text;
        }
        return text.substring(0, 1).toUpperCase(Locale.UK) + text.substring(1) + (text.endsWith(".") ? "" : ".");
    }

    /** What a file says it is, as people call it; as it says where that has no name here. */
    public String fileType(String said) {
        return FILE_TYPES.getOrDefault(said.toLowerCase(Locale.ROOT), said);
    }

    /** The English name of an ISO 639 code. */
    public String language(String code) {
        return Locale.of(code).getDisplayLanguage(Locale.UK);
    }
}
