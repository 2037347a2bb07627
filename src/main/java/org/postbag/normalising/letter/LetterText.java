package org.postbag.normalising.letter;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postbag.normalising.EmailAddress;
import org.postbag.normalising.Postcode;
import org.postbag.normalising.Telephone;
import org.postbag.receiving.Reference;

/**
 * What stands where in a letter: the sender's address at its head, the date, the salutation, the name under the close.
 *
 * @param name of the sender: under the close, else at the head; null where neither looks like one
 * @param address the sender's, in one line, without name and postcode
 * @param date as written by the sender
 * @param subject its "Re:" line, else the first words after the salutation; empty where there are none
 * @param references ours, in the order of the text
 */
record LetterText(
        @Nullable String name,
        @Nullable String address,
        @Nullable String postcode,
        @Nullable LocalDate date,
        String subject,
        List<String> emails,
        List<String> telephones,
        List<String> references) {

    private static final ZoneId ZONE = ZoneId.of("Europe/London");
    private static final int TEXT_LENGTH_MAX = 200_000;
    private static final int HEAD_LINES_MAX = 40;
    private static final int VALUES_MAX = 5;
    private static final int FOUND_MAX = 100;
    private static final int ADDRESS_LINES_MAX = 7;
    private static final int LINES_TO_NAME_MAX = 6;
    private static final int YEARS_BACK_MAX = 5;
    private static final int DAYS_AHEAD_MAX = 2;

    private static final Pattern SALUTATION = Pattern.compile(
            "(?i)\\W{0,2}(dear|annwyl|to whom it may concern|good (morning|afternoon|day)|sir|madam)\\b.*");
    private static final Pattern CLOSE = Pattern.compile(
            "(?i)\\W{0,2}(yours\\b.{0,30}|(kind(est)?|warm|best|with)( kind)? (regards|wishes)\\b.{0,20}|sincerely|regards|yn gywir|yr eiddoch yn .{0,12})");
    private static final Pattern NAME = Pattern.compile(
            "(?:(?:Mr|Mrs|Ms|Miss|Dr|Prof|Rev|Cllr|Sir|Lady)\\.? )?\\p{Lu}[\\p{L}.'’-]*(?: (?:\\p{Lu}[\\p{L}.'’-]*|de|van|der|von|ap|ferch)){1,4}");
    private static final Pattern POSTCODE_AT_END = Pattern.compile("\\b[A-Z0-9]{2,4} ?[A-Z0-9]{3}\\W*$");
    private static final Pattern EMAIL = Pattern.compile("[\\w.+-]{1,64}@[\\w-]{1,63}(?:\\.[\\w-]{1,63}){1,5}");
    private static final Pattern TELEPHONE = Pattern.compile("(?<![\\d£.])(?:\\+44|0)[\\d ()-]{8,16}\\d(?!\\d)");
    private static final Pattern REFERENCE = Pattern.compile(
            "\\b[0-9A-Za-z]{4,5} ?[-\u2010-\u2015] ?[0-9A-Za-z]{4,5} ?[-\u2010-\u2015] ?[0-9A-Za-z]{4,5}\\b");
    private static final Pattern RE = Pattern.compile("(?i)\\W{0,2}(?:re|ref|subject|parthed)\\s?[:.]\\s?(.{3,200})");
    /** Lines that only an office has: the recipient's address, not the sender's. */
    private static final Pattern OFFICE = Pattern.compile(
            "(?i).*\\b(commission|office|council|department|manager|officer|electoral|elections|the .* team)\\b.*");

    static LetterText of(String whole) {
        var text = whole.length() > TEXT_LENGTH_MAX ? whole.substring(0, TEXT_LENGTH_MAX) : whole;
        var lines = text.lines().map(String::strip).toList();
        int salutation = salutation(lines);
        var head = lines.subList(0, Math.min(salutation < 0 ? HEAD_LINES_MAX : salutation, lines.size()));
        var close = afterClose(lines);
        var block = senderBlock(blocks(head)).or(() -> senderBlock(blocks(close)));
        var name = close.stream()
                .filter(line -> !line.isEmpty())
                .limit(LINES_TO_NAME_MAX)
                .filter(LetterText::isName)
                .findFirst()
                .or(() -> block.map(List::getFirst).filter(LetterText::isName));
        return new LetterText(
                name.orElse(null),
                block.map(lined -> address(lined, name))
                        .filter(address -> !address.isEmpty())
                        .orElse(null),
                block.flatMap(LetterText::postcode).orElse(null),
                LetterDate.find(head).or(() -> LetterDate.find(close)).orElse(null),
                subject(lines, salutation),
                emails(text),
                telephones(text),
                references(text));
    }

    /** The beginning of the day on which it says it was written; null where that can't have been. */
    @Nullable
    Instant sentAt(Instant receivedAt) {
        var written = date;
        var received = receivedAt.atZone(ZONE).toLocalDate();
        return written == null
                        || written.isAfter(received.plusDays(DAYS_AHEAD_MAX))
                        || written.isBefore(received.minusYears(YEARS_BACK_MAX))
                ? null
                : written.atStartOfDay(ZONE).toInstant();
    }

    private static int salutation(List<String> lines) {
        for (int i = 0; i < Math.min(lines.size(), HEAD_LINES_MAX); i++) {
            if (SALUTATION.matcher(lines.get(i)).matches()) {
                return i;
            }
        }
        return -1;
    }

    /** What stands under the last close. */
    private static List<String> afterClose(List<String> lines) {
        for (int i = lines.size() - 1; i >= 0; i--) {
            if (CLOSE.matcher(lines.get(i)).matches()) {
                return lines.subList(i + 1, lines.size());
            }
        }
        return List.of();
    }

    /** Lines that stand together; a date parts them as an empty line does. */
    private static List<List<String>> blocks(List<String> lines) {
        var blocks = new ArrayList<List<String>>();
        var block = new ArrayList<String>();
        for (var line : lines) {
            if (line.isEmpty() || LetterDate.find(List.of(line)).isPresent()) {
                if (endsBlock(block)) {
                    blocks.add(List.copyOf(block));
                    block.clear();
                }
            } else {
                block.add(line);
            }
        }
        if (!block.isEmpty()) {
            blocks.add(block);
        }
        return blocks;
    }

    /** OCR leaves empty lines within an address too; its end is its postcode. */
    private static boolean endsBlock(List<String> block) {
        return postcode(block).isPresent() || block.size() > ADDRESS_LINES_MAX;
    }

    private static Optional<List<String>> senderBlock(List<List<String>> blocks) {
        return blocks.stream()
                .filter(block -> postcode(block).isPresent())
                .filter(block ->
                        block.stream().noneMatch(line -> OFFICE.matcher(line).matches()))
                .findFirst();
    }

    private static Optional<String> postcode(List<String> block) {
        return block.stream()
                .flatMap(line -> Misread.postcode(line).stream())
                .findFirst()
                .map(Postcode::value);
    }

    private static String address(List<String> block, Optional<String> name) {
        return String.join(
                ", ",
                block.stream()
                        .limit(ADDRESS_LINES_MAX)
                        .filter(line -> name.filter(line::equalsIgnoreCase).isEmpty())
                        .filter(line -> block.indexOf(line) > 0 || !isName(line))
                        .map(line -> (Misread.postcode(line).isPresent()
                                        ? POSTCODE_AT_END.matcher(line).replaceAll("")
                                        : line)
                                .replaceAll("[,;. ]+$", ""))
                        .filter(line -> !line.isBlank()
                                && !EMAIL.matcher(line).find()
                                && !TELEPHONE.matcher(line).find())
                        .toList());
    }

    private static boolean isName(String line) {
        return line.length() <= 60
                && NAME.matcher(line.replaceAll("[,.;]+$", "")).matches();
    }

    private static String subject(List<String> lines, int salutation) {
        for (var line : lines.subList(0, Math.min(lines.size(), HEAD_LINES_MAX))) {
            var re = RE.matcher(line);
            if (re.matches()) {
                return re.group(1).strip();
            }
        }
        return String.join(
                " ",
                lines.stream()
                        .skip(salutation + 1L)
                        .dropWhile(String::isEmpty)
                        .takeWhile(line -> !line.isEmpty())
                        .limit(3)
                        .toList());
    }

    private static List<String> emails(String text) {
        return found(EMAIL, text).stream()
                .flatMap(written -> EmailAddress.parse(written).stream())
                .map(EmailAddress::value)
                .distinct()
                .limit(VALUES_MAX)
                .toList();
    }

    private static List<String> telephones(String text) {
        return found(TELEPHONE, text).stream()
                .flatMap(written -> Telephone.parse(written).stream())
                .map(Telephone::e164)
                .distinct()
                .limit(VALUES_MAX)
                .toList();
    }

    private static List<String> references(String text) {
        return found(REFERENCE, text).stream()
                .flatMap(written -> Misread.reference(written).stream())
                .map(Reference::value)
                .distinct()
                .limit(VALUES_MAX)
                .toList();
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .limit(FOUND_MAX)
                .map(MatchResult::group)
                .toList();
    }
}
