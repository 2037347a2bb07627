package org.postbag.normalising.letter;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postbag.extracting.FileReading;
import org.postbag.extracting.FileText;
import org.postbag.extracting.Kind;
import org.postbag.normalising.Attachment;
import org.postbag.normalising.Claim;
import org.postbag.normalising.Language;
import org.postbag.normalising.Message;
import org.postbag.normalising.Reading;
import org.postbag.normalising.Sender;
import org.postbag.normalising.Unreadable;
import org.postbag.receiving.Receipt;

/**
 * Reads a scanned letter. Whoever wrote it stands in it only as they say themselves, so all of that is a claim, and the letter decides nobody's
 * contact.
 */
public final class LetterReader {

    /** Below this many of 100, on average over the words, so many words are wrong that a person must look. */
    static final int CONFIDENCE_MIN = 70;

    private static final int SUBJECT_LENGTH_MAX = 80;

    private final FileReading files;

    public LetterReader(FileReading files) {
        this.files = files;
    }

    /** @throws java.io.UncheckedIOException if nothing can be read now: the letter may be given again */
    public Reading read(Receipt receipt, byte[] content) {
        var kind = Kind.of(content);
        if (kind.isEmpty()) {
            return content.length == 0
                    ? new Unreadable("empty", "The file is empty")
                    : new Unreadable("not-a-scan", "The file is neither PDF, TIFF, JPEG nor PNG");
        }
        return switch (files.text(content)) {
            case FileText.Read read -> message(receipt, content, kind.get(), read);
            case FileText.NotRead not -> notRead(receipt, content, kind.get(), not.reason());
        };
    }

    /** The letter with its scan and nothing else, without reading it. */
    public static Message scan(Receipt receipt, byte[] content) {
        var kind = Kind.of(content);
        return letter(receipt, content, kind.orElse(Kind.PDF)).build();
    }

    private static Message.Builder letter(Receipt receipt, byte[] content, Kind kind) {
        return Message.of(receipt)
                .attachments(List.of(new Attachment("letter" + kind.extension(), kind.type(), content)))
                .threadKey(receipt.id().hex());
    }

    private static Reading notRead(Receipt receipt, byte[] content, Kind kind, FileText.Reason reason) {
        return switch (reason) {
            case ENCRYPTED, BROKEN, OTHER_KIND, NO_PAGE ->
                new Unreadable(reason.code(), "The scan could not be opened: " + reason.words());
            // Nothing is wrong with the letter itself, so a person can read what Postbag can't.
            case TOO_LARGE, TOO_MUCH, NO_READER ->
                letter(receipt, content, kind)
                        .subject("Letter")
                        .damaged(List.of("The text of the letter was not read: " + reason.words() + "."))
                        .hardToRead(true)
                        .build();
        };
    }

    private static Message message(Receipt receipt, byte[] content, Kind kind, FileText.Read read) {
        var text = read.text();
        var says = LetterText.of(text);
        var damaged = new ArrayList<>(read.notes());
        boolean hard = isHardToRead(read);
        if (text.isEmpty()) {
            damaged.add("No text was found on the scan.");
        } else if (hard) {
            damaged.add("The scan was hard to read: words may be wrong or missing. Compare the text with the scan.");
        }
        return letter(receipt, content, kind)
                .sender(new Sender(says.name(), null, null, null, null))
                .subject(subject(says))
                .text(text)
                .sentAt(says.date() == null ? null : possible(says, receipt, damaged))
                .damaged(damaged)
                .hardToRead(hard || text.isEmpty())
                .language(Language.of(text))
                .claims(claims(says))
                .build();
    }

    /** The mean over words, so that a page of few words counts little. */
    private static boolean isHardToRead(FileText.Read read) {
        long words = 0;
        long sum = 0;
        for (var page : read.pages()) {
            long count = page.text().split("\\s+").length;
            words += count;
            sum += count * page.confidence();
        }
        return words > 0 && sum < CONFIDENCE_MIN * words;
    }

    private static @Nullable Instant possible(LetterText says, Receipt receipt, List<String> damaged) {
        var date = says.sentAt(receipt.receivedAt());
        if (date == null) {
            damaged.add("The date on the letter is not one on which it can have been written.");
        }
        return date;
    }

    private static List<Claim> claims(LetterText says) {
        var claims = new ArrayList<Claim>();
        add(claims, Claim.Kind.NAME, Optional.ofNullable(says.name()));
        add(claims, Claim.Kind.LOCATION, Optional.ofNullable(says.address()));
        add(claims, Claim.Kind.POSTCODE, Optional.ofNullable(says.postcode()));
        says.emails().forEach(email -> add(claims, Claim.Kind.EMAIL, Optional.of(email)));
        says.telephones().forEach(number -> add(claims, Claim.Kind.TELEPHONE, Optional.of(number)));
        says.references().forEach(reference -> add(claims, Claim.Kind.REFERENCE, Optional.of(reference)));
        return claims;
    }

    private static void add(List<Claim> claims, Claim.Kind kind, Optional<String> value) {
        value.ifPresent(written -> claims.add(new Claim(kind, written)));
    }

    private static String subject(LetterText says) {
        var line = says.subject();
        if (line.isEmpty()) {
            return "Letter";
        }
        if (line.length() <= SUBJECT_LENGTH_MAX) {
            return line;
        }
        int space = line.lastIndexOf(' ', SUBJECT_LENGTH_MAX);
        return line.substring(0, space > 0 ? space : SUBJECT_LENGTH_MAX).strip() + "…";
    }
}
