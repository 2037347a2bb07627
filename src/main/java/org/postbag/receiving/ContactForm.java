package org.postbag.receiving;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What someone sent through the contact form, page or endpoint: the web-form channel's item. Its raw bytes are {@link #toJson()}. A field that was left
 * empty is the empty text. Texts are clean (see {@link CleanText}) but not otherwise checked.
 *
 * @param key made for each page, so that the same page sent twice is one item
 * @param topic what it is about, as the list that people choose from words it
 * @param noReply whether they ticked that they need no reply
 * @param answers to what the form asks about the topic, in the order in which it is asked
 * @param trap what stands in the field that people don't see: whoever fills it in is most likely a program
 * @param language of the page, by ISO 639-1, where it was another than English; empty where it was English or there was no page
 */
public record ContactForm(
        String key,
        String name,
        String email,
        String telephone,
        String postcode,
        String topic,
        String message,
        boolean noReply,
        List<File> files,
        List<Answer> answers,
        String trap,
        String language) {

    public static final int NAME_LENGTH_MAX = 200;
    public static final int EMAIL_LENGTH_MAX = 254;
    public static final int TELEPHONE_LENGTH_MAX = 40;
    public static final int POSTCODE_LENGTH_MAX = 20;
    public static final int TOPIC_LENGTH_MAX = 100;
    public static final int KEY_LENGTH_MAX = 100;
    public static final int MESSAGE_LENGTH_MAX = 10_000;
    public static final int ANSWER_LENGTH_MAX = 1_000;
    public static final int TRAP_LENGTH_MAX = 500;
    public static final int FILES_MAX = 10;
    /** Of all files of a form together, as they are, before their encoding in the raw item. */
    public static final int FILES_BYTES_MAX = 20 * 1024 * 1024;

    private static final Pattern LANGUAGE = Pattern.compile("[a-z]{2}");

    public ContactForm {
        key = CleanText.line(key);
        name = CleanText.line(name);
        email = CleanText.line(email);
        telephone = CleanText.line(telephone);
        postcode = CleanText.line(postcode);
        topic = CleanText.line(topic);
        message = CleanText.lines(message);
        files = List.copyOf(files);
        answers = List.copyOf(answers);
        trap = CleanText.line(trap);
        trap = trap.substring(0, Math.min(trap.length(), TRAP_LENGTH_MAX));
        language = LANGUAGE.matcher(language).matches() ? language : "";
    }

    /** A form without questions. */
    public ContactForm(
            String key,
            String name,
            String email,
            String telephone,
            String postcode,
            String topic,
            String message,
            boolean noReply,
            List<File> files) {
        this(key, name, email, telephone, postcode, topic, message, noReply, files, List.of(), "", "");
    }

    /** The same, under another key. */
    public ContactForm withKey(String other) {
        return new ContactForm(
                other, name, email, telephone, postcode, topic, message, noReply, files, answers, trap, language);
    }

    /** The answer to a question, for the page that asks it; empty where there is none. */
    public String answer(String id) {
        return answers.stream()
                .filter(answer -> answer.id().equals(id))
                .map(Answer::text)
                .findFirst()
                .orElse("");
    }

    /** The raw item. The same form gives the same bytes, whenever it is sent. */
    public byte[] toJson() {
        return ContactFormJson.write(this);
    }

    /** Reads a raw item. Never throws for what it holds. */
    public static Parsed parse(byte[] json) {
        return ContactFormJson.parse(json);
    }

    /** What {@link #parse} returns. */
    public sealed interface Parsed {
        record Form(ContactForm form) implements Parsed {}

        /** @param why in words for staff, without personal data */
        record Malformed(String code, String why) implements Parsed {}
    }

    /**
     * What was answered to a question about the topic. It holds the question too, since the form may ask another tomorrow.
     *
     * @param claim what it says about the one who writes, by the codes of claims, or null
     */
    public record Answer(
            String id,
            String question,
            String text,
            @Nullable String claim) {

        public Answer {
            id = CleanText.line(id);
            question = CleanText.line(question);
            text = CleanText.lines(text);
        }
    }

    /**
     * A file that was sent along.
     *
     * @param name without path or control characters; never empty
     * @param type media type in lower case, without parameters
     */
    public record File(String name, String type, byte[] content) {

        private static final int NAME_LENGTH_MAX = 150;
        private static final int ENDING_LENGTH_MAX = 16;
        private static final Pattern TYPE =
                Pattern.compile("[a-z0-9][a-z0-9!#$&^_.+-]{0,60}/[a-z0-9][a-z0-9!#$&^_.+-]{0,80}");

        public File {
            name = nameOf(name);
            type = typeOf(type);
        }

        private static String nameOf(String given) {
            var text = CleanText.line(given.substring(1 + Math.max(given.lastIndexOf('/'), given.lastIndexOf('\\'))));
            if (text.isBlank() || text.chars().allMatch(c -> c == '.')) {
                return "file";
            }
            return shortened(text);
        }

        /** Keeps the ending, since people and programs go by it. */
        private static String shortened(String text) {
            int length = CleanText.length(text);
            if (length <= NAME_LENGTH_MAX) {
                return text;
            }
            int dot = text.lastIndexOf('.');
            var ending = dot > 0 && text.length() - dot <= ENDING_LENGTH_MAX ? text.substring(dot) : "";
            int kept = NAME_LENGTH_MAX - CleanText.length(ending) - 1;
            return text.substring(0, text.offsetByCodePoints(0, kept)) + "…" + ending;
        }

        private static String typeOf(String given) {
            int end = given.indexOf(';');
            var text = (end < 0 ? given : given.substring(0, end)).strip().toLowerCase(Locale.ROOT);
            return TYPE.matcher(text).matches() ? text : "application/octet-stream";
        }
    }
}
