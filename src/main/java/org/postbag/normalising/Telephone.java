package org.postbag.normalising;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.ValidationResult;
import java.util.Optional;
import java.util.regex.Pattern;
import org.postbag.receiving.TelephoneRegion;

/** A telephone number in E.164, such as {@code +441792496000}. */
public record Telephone(String e164) {

    private static final Pattern FORM = Pattern.compile("\\+[1-9][0-9]{4,14}");
    private static final int WRITTEN_LENGTH_MAX = 60;

    public Telephone {
        if (!FORM.matcher(e164).matches()) {
            throw new IllegalArgumentException("Not an E.164 number");
        }
    }

    /** Reads a number in any way of writing; one without a country code is British. Empty for what no one could ring: withheld, all zeros, too short. */
    public static Optional<Telephone> parse(String written) {
        return parse(written, TelephoneRegion.UK);
    }

    /** Likewise; one without a country code is of that region. */
    public static Optional<Telephone> parse(String written, TelephoneRegion region) {
        if (written.length() > WRITTEN_LENGTH_MAX) {
            return Optional.empty();
        }
        var numbers = PhoneNumberUtil.getInstance();
        try {
            var number = numbers.parse(written, region.code());
            // A number that can only be rung within its town is as good as none.
            if (numbers.isPossibleNumberWithReason(number) != ValidationResult.IS_POSSIBLE
                    || number.getNationalNumber() == 0) {
                return Optional.empty();
            }
            var e164 = numbers.format(number, PhoneNumberFormat.E164);
            return FORM.matcher(e164).matches() ? Optional.of(new Telephone(e164)) : Optional.empty();
        } catch (NumberParseException notANumber) {
            return Optional.empty();
        }
    }

    /** As people write it: British numbers in the national form, others in the international one. */
    public String shown() {
        var numbers = PhoneNumberUtil.getInstance();
        try {
            var number = numbers.parse(e164, "GB");
            return numbers.format(
                    number,
                    number.getCountryCode() == 44 ? PhoneNumberFormat.NATIONAL : PhoneNumberFormat.INTERNATIONAL);
        } catch (NumberParseException impossible) {
            return e164;
        }
    }

    @Override
    public String toString() {
        return e164;
    }
}
