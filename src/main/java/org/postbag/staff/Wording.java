package org.postbag.staff;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Codes and sizes as pages say them; templates use it as {@code @wording}. */
@Component("wording")
public class Wording {

    /** The keys of their texts. */
    private static final Map<String, String> FILE_TYPES = Map.ofEntries(
            Map.entry("application/pdf", "file-type.pdf"),
            Map.entry("image/png", "file-type.png"),
            Map.entry("image/jpeg", "file-type.jpeg"),
            Map.entry("image/gif", "file-type.gif"),
            Map.entry("image/tiff", "file-type.tiff"),
            Map.entry("text/plain", "file-type.text"),
            Map.entry("text/csv", "file-type.csv"),
            Map.entry("text/html", "file-type.html"),
            Map.entry("text/calendar", "file-type.calendar"),
            Map.entry("message/rfc822", "file-type.email"),
            Map.entry("application/zip", "file-type.zip"),
            Map.entry("application/rtf", "file-type.rtf"),
            Map.entry("application/msword", "file-type.word"),
            Map.entry("application/vnd.ms-excel", "file-type.excel"),
            Map.entry("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "file-type.word"),
            Map.entry("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "file-type.excel"),
            Map.entry("application/vnd.oasis.opendocument.text", "file-type.open-document"),
            Map.entry("application/octet-stream", "file-type.not-told"));

    private static final long KILOBYTE_BYTES = 1024;
    private static final long MEGABYTE_BYTES = 1024 * KILOBYTE_BYTES;

    private final StaffTexts texts;

    Wording(StaffTexts texts) {
        this.texts = texts;
    }

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
            return texts.say("wording.bytes", bytes);
        }
        if (bytes < MEGABYTE_BYTES) {
            return texts.say("wording.kilobytes", Math.round((double) bytes / KILOBYTE_BYTES));
        }
        return texts.say("wording.megabytes", String.format(Locale.UK, "%,.1f", (double) bytes / MEGABYTE_BYTES));
    }

    /** "one year", "3 years", "18 months". */
    public String period(int months) {
        if (months % 12 != 0) {
            return texts.say("wording.months", months);
        }
        return texts.say("wording.years", months / 12);
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
        var key = FILE_TYPES.get(said.toLowerCase(Locale.ROOT));
        return key == null ? said : texts.say(key);
    }

    /** The English name of an ISO 639 code. */
    public String language(String code) {
        return Locale.of(code).getDisplayLanguage(Locale.UK);
    }
}
