package org.postbag.receiving.web;

import java.text.MessageFormat;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.context.MessageSource;
import org.springframework.web.util.HtmlUtils;

/**
 * What the public reads, in the language of a page: the texts of {@code messages.properties} and {@code messages_cy.properties}, which say how they are written. Templates
 * use it as {@code phrases} for what {@code #{key}} can't say.
 */
final class Phrases {

    private static final Pattern BOLD = Pattern.compile("\\*([^*]+)\\*");
    private static final Pattern LINK = Pattern.compile("\\[([^]]+)]\\(([^)]+)\\)");
    private static final int KILOBYTE = 1024;
    private static final int MONTHS_PER_YEAR = 12;

    private final MessageSource messages;
    private final PageLanguage language;

    Phrases(MessageSource messages, PageLanguage language) {
        this.messages = messages;
        this.language = language;
    }

    PageLanguage language() {
        return language;
    }

    /** A text with its values, not escaped. */
    public String say(String key, Object... values) {
        return messages.getMessage(key, values, locale());
    }

    /** A text as HTML, with its bold words and links. The values are escaped, and stand for nothing but themselves. */
    public String html(String key, Object... values) {
        var text = HtmlUtils.htmlEscape(messages.getMessage(key, null, locale()), "UTF-8");
        text = BOLD.matcher(text).replaceAll("<strong class=\"pb-together\">$1</strong>");
        text = LINK.matcher(text)
                .replaceAll(link -> Matcher.quoteReplacement(
                        "<a class=\"govuk-link\" href=\"" + target(link.group(2)) + "\">" + link.group(1) + "</a>"));
        var escaped = Arrays.stream(values)
                .map(value -> value instanceof String said ? HtmlUtils.htmlEscape(said, "UTF-8") : value)
                .toArray();
        return new MessageFormat(text, locale()).format(escaped);
    }

    private String target(String written) {
        return written.startsWith("/") ? language.link(written) : written;
    }

    /** A day in the form that stands under a key. */
    public String day(String key, LocalDate day) {
        var written = DateTimeFormatter.ofPattern(say(key), locale()).format(day);
        // Java knows the Welsh names of days as they stand alone; within a sentence they begin small.
        return written.replace("Dydd ", "dydd ");
    }

    /** "1 year", "18 months". */
    public String period(int months) {
        return months % MONTHS_PER_YEAR == 0
                ? say("period.years", months / MONTHS_PER_YEAR)
                : say("period.months", months);
    }

    /** "1 byte", "212KB", "1.4MB". */
    public String size(long bytes) {
        if (bytes < KILOBYTE) {
            return say("size.bytes", bytes);
        }
        double kilobytes = bytes / (double) KILOBYTE;
        return kilobytes < KILOBYTE
                ? Math.round(kilobytes) + "KB"
                : String.format(Locale.UK, "%.1fMB", kilobytes / KILOBYTE);
    }

    private Locale locale() {
        return language.current().locale();
    }
}
