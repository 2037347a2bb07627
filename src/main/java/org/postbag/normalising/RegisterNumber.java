package org.postbag.normalising;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The number under which a national or party register keeps somebody: it stays with them whatever their name and address.
 *
 * @param register the register's name in a profile, such as {@code electoral-commission}
 * @param number without blanks and signs, in capitals
 */
public record RegisterNumber(String register, String number) {

    private static final Pattern REGISTER = Pattern.compile("[a-z][a-z0-9-]{0,39}");
    private static final Pattern BETWEEN = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final Pattern NUMBER = Pattern.compile("(?=.*[0-9])[\\p{L}\\p{N}]{1,40}");

    /** @throws IllegalArgumentException if it is none */
    public RegisterNumber {
        if (!isRegister(register) || !NUMBER.matcher(number).matches()) {
            throw new IllegalArgumentException("Not a number of a register");
        }
    }

    public static boolean isRegister(String word) {
        return REGISTER.matcher(word).matches();
    }

    /** Empty where what was written has no digit, or is too long. */
    public static Optional<RegisterNumber> parse(String register, String written) {
        var number = BETWEEN.matcher(Normalizer.normalize(written, Normalizer.Form.NFKC))
                .replaceAll("")
                .toUpperCase(Locale.ROOT);
        return isRegister(register) && NUMBER.matcher(number).matches()
                ? Optional.of(new RegisterNumber(register, number))
                : Optional.empty();
    }

    /** Register and number, as contacts are known by it. */
    public String value() {
        return register + ":" + number;
    }
}
