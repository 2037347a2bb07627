package org.postbag.receiving.web;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.postbag.receiving.CleanText;
import org.postbag.receiving.ContactForm;
import org.postbag.staff.PageError;

/** What must be put right before a form is taken in. The page and the endpoint check the same. */
final class FormCheck {

    /** No stricter than what can be written to (RFC 5321), save that a domain has a dot: a message is lost on nobody but by a slip of the finger. */
    private static final Pattern EMAIL = Pattern.compile(
            "[^\\s\\p{Cntrl}\"(),:;<>@\\[\\\\\\]\\uFFFD]{1,64}@(?!-)[^\\s\\p{Cntrl}\\p{Punct}\\uFFFD][\\p{L}\\p{M}\\p{N}-]*"
                    + "(\\.(?!-)[\\p{L}\\p{M}\\p{N}-]+)+");

    private final Phrases phrases;
    private final List<PageError> errors = new ArrayList<>();

    private FormCheck(Phrases phrases) {
        this.phrases = phrases;
    }

    /** Empty for a form that may be taken in. In the order of the page. */
    static List<PageError> check(ContactForm form, Phrases phrases) {
        return new FormCheck(phrases).errorsOf(form);
    }

    private List<PageError> errorsOf(ContactForm form) {
        length("topic", form.topic(), ContactForm.TOPIC_LENGTH_MAX);
        message(form.message());
        reply(form);
        length("name", form.name(), ContactForm.NAME_LENGTH_MAX);
        length("postcode", form.postcode(), ContactForm.POSTCODE_LENGTH_MAX);
        return errors;
    }

    private void message(String message) {
        if (message.isBlank()) {
            wrong("message", "error.message.missing");
        } else {
            length("message", message, ContactForm.MESSAGE_LENGTH_MAX);
        }
    }

    private void reply(ContactForm form) {
        if (form.email().isEmpty() && form.telephone().isEmpty() && !form.noReply()) {
            wrong("email", "error.reply.missing");
            return;
        }
        if (CleanText.length(form.email()) > ContactForm.EMAIL_LENGTH_MAX) {
            length("email", form.email(), ContactForm.EMAIL_LENGTH_MAX);
        } else if (!form.email().isEmpty() && !EMAIL.matcher(form.email()).matches()) {
            wrong("email", "error.email.format");
        }
        if (CleanText.length(form.telephone()) > ContactForm.TELEPHONE_LENGTH_MAX) {
            length("telephone", form.telephone(), ContactForm.TELEPHONE_LENGTH_MAX);
        } else if (!form.telephone().isEmpty() && !canBeRung(form.telephone())) {
            wrong("telephone", "error.telephone.format");
        }
    }

    private void length(String field, String value, int max) {
        int length = CleanText.length(value);
        if (length > max) {
            wrong(field, "error.too-long." + field, max, length);
        }
    }

    private void wrong(String field, String key, Object... values) {
        errors.add(new PageError(field, phrases.say(key, values)));
    }

    private static boolean canBeRung(String written) {
        // The library reads letters as the digits that they share a key with: "01792 no" would be a number.
        if (written.chars().anyMatch(Character::isLetter)) {
            return false;
        }
        var numbers = PhoneNumberUtil.getInstance();
        try {
            var number = numbers.parse(written, "GB");
            return numbers.isPossibleNumber(number) && number.getNationalNumber() != 0;
        } catch (NumberParseException notANumber) {
            return false;
        }
    }
}
