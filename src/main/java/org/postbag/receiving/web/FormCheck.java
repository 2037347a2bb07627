package org.postbag.receiving.web;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.postbag.receiving.CleanText;
import org.postbag.receiving.ContactForm;
import org.postbag.staff.PageError;

/** What must be put right before a form is taken in. The page and the endpoint say it in the same words. */
final class FormCheck {

    /** No stricter than what can be written to (RFC 5321), save that a domain has a dot: a message is lost on nobody but by a slip of the finger. */
    private static final Pattern EMAIL = Pattern.compile(
            "[^\\s\\p{Cntrl}\"(),:;<>@\\[\\\\\\]\\uFFFD]{1,64}@(?!-)[^\\s\\p{Cntrl}\\p{Punct}\\uFFFD][\\p{L}\\p{M}\\p{N}-]*"
                    + "(\\.(?!-)[\\p{L}\\p{M}\\p{N}-]+)+");

    private FormCheck() {}

    /** Empty for a form that may be taken in. In the order of the page. */
    static List<PageError> check(ContactForm form) {
        var errors = new ArrayList<PageError>();
        length(errors, "topic", "What your message is about", form.topic(), ContactForm.TOPIC_LENGTH_MAX);
        message(errors, form.message());
        reply(errors, form);
        length(errors, "name", "Your name", form.name(), ContactForm.NAME_LENGTH_MAX);
        length(errors, "postcode", "Your postcode", form.postcode(), ContactForm.POSTCODE_LENGTH_MAX);
        return errors;
    }

    private static void message(List<PageError> errors, String message) {
        if (message.isBlank()) {
            errors.add(new PageError("message", "Enter your message"));
        } else {
            length(errors, "message", "Your message", message, ContactForm.MESSAGE_LENGTH_MAX);
        }
    }

    private static void reply(List<PageError> errors, ContactForm form) {
        if (form.email().isEmpty() && form.telephone().isEmpty() && !form.noReply()) {
            errors.add(new PageError(
                    "email", "Enter an email address or a telephone number, or select that you do not need a reply"));
            return;
        }
        if (CleanText.length(form.email()) > ContactForm.EMAIL_LENGTH_MAX) {
            length(errors, "email", "Your email address", form.email(), ContactForm.EMAIL_LENGTH_MAX);
        } else if (!form.email().isEmpty() && !EMAIL.matcher(form.email()).matches()) {
            errors.add(new PageError("email", "Enter an email address in the correct format, like name@example.com"));
        }
        if (CleanText.length(form.telephone()) > ContactForm.TELEPHONE_LENGTH_MAX) {
            length(errors, "telephone", "Your telephone number", form.telephone(), ContactForm.TELEPHONE_LENGTH_MAX);
        } else if (!form.telephone().isEmpty() && !canBeRung(form.telephone())) {
            errors.add(
                    new PageError(
                            "telephone",
                            "Enter a telephone number with its area code, like 01632 960 001, 07700 900 982 or +44 808 157 0192"));
        }
    }

    private static void length(List<PageError> errors, String field, String what, String value, int max) {
        int length = CleanText.length(value);
        if (length > max) {
            errors.add(new PageError(
                    field,
                    String.format(Locale.UK, "%s must be %,d characters or fewer. It has %,d.", what, max, length)));
        }
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
