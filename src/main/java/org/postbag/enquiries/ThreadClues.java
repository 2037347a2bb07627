package org.postbag.enquiries;

import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postbag.normalising.Message;
import org.postbag.receiving.Channel;
import org.postbag.receiving.Receipt;
import org.postbag.receiving.Reference;

/**
 * What an item says of the items that it belongs to. Pure: it is worked out from the item alone, so that no order of filing matters; see {@link Threads}
 * for what is made of it.
 *
 * @param keys the message ids that it names, its own among them, the nearest first (RFC 5322, 3.6.4), and the key that its medium gives
 * @param quoted references of enquiries that stand in its subject, where staff leave them
 * @param baseSubject of a mail: its subject without {@code Re:} and the like, folded; null where nothing is left
 * @param asksBySubject whether it is a reply whose program left out what it answers, so that only the subject can tell
 * @param answers the id of the message that it answers, as far as it says
 */
record ThreadClues(
        List<String> keys,
        List<Reference> quoted,
        @Nullable String baseSubject,
        boolean asksBySubject,
        @Nullable String answers) {

    private static final int KEY_LENGTH_MAX = 500;
    private static final int KEYS_MAX = 50;
    private static final int SUBJECT_LENGTH_MAX = 200;
    private static final int PREFIXES_MAX = 10;

    /** What mail programs write before the subject of an answer, in the languages that we have seen. */
    private static final String REPLY =
            "re|aw|antw|antwort|sv|vs|ref|rv|res|rif|odp|ynt|atb|vá|vastaus|ha|απ|ответ|отв|на|回复|回覆|答复|答覆|返信|답장|رد|השב|תגובה";

    private static final String FORWARD =
            "fw|fwd|wg|tr|enc|i|doorst|vl|pd|vb|vidarebefordra|ml|rtr|пересл|转发|轉寄|転送|전달|إعادة توجيه|הועבר";

    private static final Pattern PREFIX = Pattern.compile(
            "^(?:(?<reply>" + REPLY + ")|(?:" + FORWARD
                    + "))\\s{0,3}(?:\\[\\d{1,4}]|\\(\\d{1,4}\\)|\\^\\d{1,4})?\\s{0,3}[:\uff1a]\\s*",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

    private static final Pattern SPACES = Pattern.compile("[\\s\\p{Z}]+");

    ThreadClues {
        keys = List.copyOf(keys);
        quoted = List.copyOf(quoted);
    }

    static ThreadClues of(Receipt receipt, Message message) {
        var keys = new LinkedHashSet<String>();
        add(keys, message.inReplyTo());
        message.references().reversed().stream().limit(KEYS_MAX - 4L).forEach(id -> add(keys, id));
        // The first of a long chain is what began it, and is what the others name too.
        message.references().stream().limit(1).forEach(id -> add(keys, id));
        var answers = keys.isEmpty() ? null : keys.getFirst();
        if (!receipt.id().hex().equals(message.threadKey())) {
            // Its own id is a key that no other item can name.
            add(keys, message.threadKey());
        }
        add(keys, message.messageId());
        var subject = message.subject() == null ? "" : message.subject();
        if (receipt.channel() != Channel.EMAIL) {
            return new ThreadClues(List.copyOf(keys), List.of(), null, false, answers);
        }
        var base = base(subject);
        boolean asks = base != null && answers == null && startsAsReply(subject);
        return new ThreadClues(List.copyOf(keys), Reference.in(subject), base, asks, answers);
    }

    private static void add(LinkedHashSet<String> keys, @Nullable String key) {
        if (key != null && !key.isBlank()) {
            keys.add(CleanText.key(key, KEY_LENGTH_MAX));
        }
    }

    private static boolean startsAsReply(String subject) {
        var prefix = PREFIX.matcher(subject.strip());
        return prefix.find() && prefix.group("reply") != null;
    }

    private static @Nullable String base(String subject) {
        var rest = subject.strip();
        for (int i = 0; i < PREFIXES_MAX; i++) {
            var prefix = PREFIX.matcher(rest);
            if (!prefix.find()) {
                break;
            }
            rest = rest.substring(prefix.end());
        }
        var folded = SPACES.matcher(Normalizer.normalize(rest, Normalizer.Form.NFKC))
                .replaceAll(" ")
                .strip()
                .toLowerCase(Locale.ROOT);
        var cut = CleanText.of(folded, SUBJECT_LENGTH_MAX).strip();
        return cut.isEmpty() ? null : cut;
    }
}
