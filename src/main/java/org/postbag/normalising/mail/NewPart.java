package org.postbag.normalising.mail;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Finds what somebody wrote anew: the text without what it answers and without signatures. Mail programs mark a quote with {@code >}, with a line that says
 * who wrote when, with a copy of headers, or with a ruled heading; they do so in the language they are set to.
 */
final class NewPart {

    private static final int ATTRIBUTION_LINES_MAX = 4;
    private static final int ATTRIBUTION_CHARS_MAX = 400;
    private static final int HEADER_LINES_MAX = 12;
    private static final int SHORT_LINE_CHARS_MAX = 100;

    private static final Pattern HEADING = Pattern.compile(
            "(?iU)[\\s>*_=-]*(?:original message|original appointment|forwarded message|begin forwarded message|reply message|ursprüngliche nachricht"
                    + "|weitergeleitete nachricht|anfang der weitergeleiteten nachricht|message d'origine|message original|message transféré|mensaje original"
                    + "|mensaje reenviado|messaggio originale|messaggio inoltrato|mensagem original|oorspronkelijk bericht|doorgestuurd bericht"
                    + "|oprindelig meddelelse|opprinnelig melding|ursprungligt meddelande|alkuperäinen viesti|wiadomość oryginalna|исходное сообщение"
                    + "|neges wreiddiol|y neges wreiddiol)[\\s:*_=-]*");
    private static final Pattern RULE = Pattern.compile("\\s*[_=*-]{5,}\\s*");

    private static final Pattern FROM = label("from|von|de|da|van|fra|från|lähettäjä|od|от|oddi wrth|gan");
    private static final Pattern LABEL = label(
            "from|sent|date|to|cc|subject|reply-to|von|gesendet|datum|an|betreff|de|envoyé|à|objet|enviado(?: el)?|fecha|para"
                    + "|asunto|da|inviato|data|a|oggetto|assunto|van|verzonden|aan|onderwerp|fra|sendt|til|emne|från|skickat|till|ämne|od|wysłano|do|temat|от|отправлено"
                    + "|кому|тема|дата|oddi wrth|gan|anfonwyd|dyddiad|at|pwnc");

    private static final Pattern WROTE = Pattern.compile(
            "(?iU)\\b(?:wrote|writes|écrit|schrieb|escribió|scritto|escreveu|schreef|skrev|kirjoitti|napisał|napsal"
                    + "|написал|написала|писал|пишет|пише|ysgrifennodd|írta|yazdı|a scris)\\b|写道");
    private static final Pattern OPENER = Pattern.compile(
            "(?iU)\\s*(?:>\\s*)*(?:on|le|am|el|il|op|den|em|dnia|w dniu|pe|ar|on behalf of|\\d{1,4}[-./ ])\\b?.*");
    private static final Pattern DATE = Pattern.compile("(?:\\b(?:19|20)\\d{2}\\b|\\d{1,2}[./-]\\d{1,2}[./-]\\d{2,4})");
    private static final Pattern TIME = Pattern.compile("\\b\\d{1,2}[:.]\\d{2}\\b");

    private static final Pattern DEVICE =
            Pattern.compile("(?iU)[\\s<(\\[*_-]*(?:(?:sent|posted|written|typed) (?:from|via|with|by|on)"
                    + "|from my (?:iphone|ipad|mobile|phone|android|samsung|blackberry)|get outlook for|sent using|envoyé (?:depuis|de|à partir)|gesendet (?:von|mit)"
                    + "|von meinem \\S+ gesendet|diese nachricht wurde von meinem|enviado (?:desde|do|de) |inviato da|verzonden (?:vanaf|met|vanuit)|sendt fra|skickat från"
                    + "|wysłane z|отправлено (?:с|из)|надіслано|anfonwyd o|從我的|从我的|iphone)\\b?.*");

    private final List<String> lines;
    private final List<String> kept = new ArrayList<>();

    private NewPart(List<String> lines) {
        this.lines = lines;
    }

    /** Never blank where {@code whole} is not: with nothing new in it, all of it is the new part. */
    static String of(String own, String whole) {
        var part = TextLines.tidied(new NewPart(own.lines().toList()).find());
        if (!part.isEmpty()) {
            return part;
        }
        return own.isBlank() ? whole : own;
    }

    private String find() {
        int i = 0;
        while (i < lines.size()) {
            int next = skip(i);
            if (next == i) {
                kept.add(lines.get(i));
                next++;
            }
            i = next;
        }
        trimEnd();
        return String.join("\n", kept);
    }

    /** The line after what is quoted here; {@code i} itself if this line is new. */
    private int skip(int i) {
        var line = lines.get(i);
        if (isQuoted(line)) {
            return i + 1;
        }
        if (isSignature(line)) {
            return signatureEnd(i);
        }
        int attribution = attributionEnd(i);
        if (attribution > i) {
            boolean marked = attribution < lines.size() && isQuoted(lines.get(firstWritten(attribution)));
            // Unmarked, the rest is the quote; but above everything else it only says what this is an answer to.
            return marked || isNothingKept() ? attribution : lines.size();
        }
        if (!isNothingKept() && (HEADING.matcher(line).matches() && !line.isBlank() || startsHeaders(i))) {
            return lines.size();
        }
        return i;
    }

    private boolean isNothingKept() {
        return kept.stream().allMatch(String::isBlank);
    }

    private int firstWritten(int from) {
        int i = from;
        while (i < lines.size() - 1 && lines.get(i).isBlank()) {
            i++;
        }
        return i;
    }

    private static boolean isQuoted(String line) {
        return line.stripLeading().startsWith(">");
    }

    private static boolean isSignature(String line) {
        return line.equals("-- ") || line.equals("--") || line.equals("--\u00a0");
    }

    /** A signature goes on to the quote below it, if there is one. */
    private int signatureEnd(int from) {
        for (int i = from + 1; i < lines.size(); i++) {
            if (isQuoted(lines.get(i)) || attributionEnd(i) > i) {
                return i;
            }
        }
        return lines.size();
    }

    /** The line after one that says who wrote when, which may be broken into several; {@code i} if there is none here. */
    private int attributionEnd(int i) {
        if (lines.get(i).isBlank() || lines.get(i).length() > ATTRIBUTION_CHARS_MAX) {
            return i;
        }
        var joined = new StringBuilder();
        for (int n = 0; n < ATTRIBUTION_LINES_MAX && i + n < lines.size(); n++) {
            var line = lines.get(i + n).strip();
            if (line.isEmpty()
                    || joined.length() + line.length() > ATTRIBUTION_CHARS_MAX
                    || n > 0 && isQuoted(line) && !isOpenAddress(joined)) {
                return i;
            }
            joined.append(joined.isEmpty() ? "" : " ").append(line);
            if (line.endsWith(":")) {
                boolean quoteFollows = i + n + 1 < lines.size() && isQuoted(lines.get(firstWritten(i + n + 1)));
                boolean begins = n == 0 || OPENER.matcher(lines.get(i)).matches() || attributionEnd(i + 1) == i + 1;
                return begins && isAttribution(joined.toString(), quoteFollows) ? i + n + 1 : i;
            }
        }
        return i;
    }

    /** An address in angle brackets that was broken before its end. */
    private static boolean isOpenAddress(StringBuilder line) {
        return line.lastIndexOf("<") > line.lastIndexOf(">");
    }

    private static boolean isAttribution(String line, boolean quoteFollows) {
        boolean wrote = WROTE.matcher(line).find();
        boolean address = line.indexOf('@') > 0;
        boolean date = DATE.matcher(line).find();
        if (quoteFollows) {
            return wrote || address && date;
        }
        boolean opens = OPENER.matcher(line).matches() || address;
        return opens && (wrote && (address || date && TIME.matcher(line).find()) || address && date);
    }

    /** A copy of the header of the mail that is answered, as Outlook puts it there. */
    private boolean startsHeaders(int i) {
        int first = RULE.matcher(lines.get(i)).matches() ? firstWritten(Math.min(i + 1, lines.size() - 1)) : i;
        if (!FROM.matcher(lines.get(first)).lookingAt()) {
            return false;
        }
        int labels = 0;
        for (int n = first; n < Math.min(lines.size(), first + HEADER_LINES_MAX); n++) {
            var line = lines.get(n);
            if (line.isBlank() && labels > 0) {
                break;
            }
            labels += LABEL.matcher(line).lookingAt() ? 1 : 0;
        }
        return labels >= 3;
    }

    /** What programs and devices add at the end. */
    private void trimEnd() {
        while (!kept.isEmpty()) {
            var last = kept.getLast();
            boolean added = last.length() <= SHORT_LINE_CHARS_MAX
                    && DEVICE.matcher(last).matches()
                    && kept.size() > 1;
            if (!last.isBlank() && !RULE.matcher(last).matches() && !added) {
                return;
            }
            kept.removeLast();
        }
    }

    private static Pattern label(String words) {
        return Pattern.compile("(?iU)[\\s*_]*(?:" + words + ")[\\s*_]{0,3}:");
    }
}
