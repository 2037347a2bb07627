package org.postbag.normalising;

import org.jspecify.annotations.Nullable;
import org.postbag.receiving.ContactForm;
import org.postbag.receiving.ContactForm.Parsed;
import org.postbag.receiving.Receipt;

/**
 * Reads what came through the contact form. The email address decides who wrote, else the telephone number; all else that people say about themselves
 * is a claim.
 */
final class FormReader {

    private static final int LINE_LENGTH_MAX = 500;
    private static final int TEXT_LENGTH_MAX = 1_000_000;
    private static final int SUBJECT_LENGTH_MAX = 80;
    private static final int ANSWERS_MAX = 100;
    private static final String NO_REPLY = "[The sender ticked: “I do not need a reply”.]";

    private final Receipt receipt;
    private final TypedFields typed = new TypedFields();

    private FormReader(Receipt receipt) {
        this.receipt = receipt;
    }

    static Reading read(Receipt receipt, byte[] content) {
        return switch (ContactForm.parse(content)) {
            case Parsed.Malformed(var code, var why) -> new Unreadable(code, why);
            case Parsed.Form(var form)
            when isEmpty(form) -> new Unreadable("empty", "The form has neither a message nor a file");
            case Parsed.Form(var form) -> new FormReader(receipt).message(form);
        };
    }

    private static boolean isEmpty(ContactForm form) {
        return form.message().isBlank()
                && form.files().isEmpty()
                && form.answers().isEmpty();
    }

    private Message message(ContactForm form) {
        var name = typed.cut("name", form.name(), LINE_LENGTH_MAX);
        var written = typed.cut("email address", form.email(), LINE_LENGTH_MAX);
        var rung = typed.cut("telephone number", form.telephone(), LINE_LENGTH_MAX);
        var topic = typed.cut("topic", form.topic(), LINE_LENGTH_MAX);
        var message = typed.cut("message", form.message(), TEXT_LENGTH_MAX);
        // An address that lost a character is no one's: two people's could become the same.
        var email = written.contains(TypedFields.REPLACEMENT)
                ? null
                : EmailAddress.parse(written).orElse(null);
        var telephone = email == null ? Telephone.parse(rung).orElse(null) : null;
        typed.claim(Claim.Kind.NAME, name);
        if (email == null) {
            typed.claim(Claim.Kind.EMAIL, written);
        }
        if (telephone == null) {
            typed.claim(Claim.Kind.TELEPHONE, rung);
        }
        typed.claim(Claim.Kind.POSTCODE, typed.cut("postcode", form.postcode(), LINE_LENGTH_MAX));
        var text = form.noReply() ? (message + "\n\n" + NO_REPLY).strip() : message;
        text = (text + answers(form)).strip();
        if (!form.trap().isEmpty()) {
            typed.note("A field that people do not see was filled in, as programs do");
        }
        var attachments = form.files().stream()
                .map(file -> new Attachment(file.name(), file.type(), file.content()))
                .toList();
        noteReplaced(form);
        return Message.of(receipt)
                .sender(sender(name, email, telephone, written, rung))
                .subject(subject(topic, message))
                .text(text)
                .attachments(attachments)
                .threadKey(receipt.id().hex())
                .automatic(form.trap().isEmpty() ? null : Automatic.PROBABLY_SPAM)
                .damaged(typed.damaged())
                .topic(topic.isEmpty() ? null : topic)
                // Whoever chose the Welsh page asks to be answered in Welsh, whatever the words look like.
                .language(form.language().isEmpty() ? null : form.language())
                .claims(typed.claims())
                .build();
    }

    /** What was answered to the form's questions, a paragraph each, in their order. */
    private String answers(ContactForm form) {
        var text = new StringBuilder();
        for (var answer : form.answers().stream().limit(ANSWERS_MAX).toList()) {
            var question = typed.cut("question", answer.question(), LINE_LENGTH_MAX);
            var said = typed.cut("answer", answer.text(), TEXT_LENGTH_MAX / ANSWERS_MAX);
            if (said.isBlank()) {
                continue;
            }
            text.append("\n\n")
                    .append(question)
                    .append(question.endsWith("?") ? " " : ": ")
                    .append(said);
            for (var kind : Claim.Kind.values()) {
                if (kind.code().equals(answer.claim())) {
                    typed.claim(kind, typed.cut("answer", said, LINE_LENGTH_MAX));
                }
            }
        }
        if (form.answers().size() > ANSWERS_MAX) {
            typed.note("Only the first " + ANSWERS_MAX + " answers were read");
        }
        return text.toString();
    }

    private static Sender sender(
            String name, @Nullable EmailAddress email, @Nullable Telephone telephone, String written, String rung) {
        var asWritten = email != null ? written : telephone != null ? rung : null;
        return new Sender(name.isEmpty() ? null : name, email, telephone, null, asWritten);
    }

    /** The topic, else as many of the message's first words as fit a line. */
    static @Nullable String subject(String topic, String message) {
        if (!topic.isEmpty()) {
            return topic;
        }
        var line = message.strip().lines().findFirst().orElse("").strip();
        if (line.length() <= SUBJECT_LENGTH_MAX) {
            return line.isEmpty() ? null : line;
        }
        int space = line.lastIndexOf(' ', SUBJECT_LENGTH_MAX);
        int end = space > 0 ? space : SUBJECT_LENGTH_MAX;
        if (Character.isHighSurrogate(line.charAt(end - 1))) {
            end--;
        }
        return line.substring(0, end).strip() + "…";
    }

    private void noteReplaced(ContactForm form) {
        var all = new StringBuilder(String.join(
                "", form.name(), form.email(), form.telephone(), form.postcode(), form.topic(), form.message()));
        form.answers().forEach(answer -> all.append(answer.question()).append(answer.text()));
        typed.noteReplaced(all.toString());
    }
}
