package org.postbag.normalising;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A British postcode in Royal Mail's form, such as {@code SA1 3SN} (Programmers' Guide to the Postcode Address File, edition 7, with GIR 0AA and the
 * overseas territories). That it has the form doesn't say that it is in use.
 */
public record Postcode(String value) {

    private static final Pattern FORM = Pattern.compile("(GIR 0AA"
            + "|(ASCN|BBND|BIQQ|FIQQ|PCRN|SIQQ|STHL|TDCU|TKCA) 1ZZ"
            + "|([A-PR-UWYZ][0-9][0-9A-HJKPSTUW]?"
            + "|[A-PR-UWYZ][A-HK-Y][0-9][0-9ABEHMNPRVWXY]?) [0-9][ABD-HJLNP-UW-Z]{2})");
    private static final int INWARD_LENGTH = 3;
    private static final int WRITTEN_LENGTH_MAX = 20;

    public Postcode {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("Not a postcode");
        }
    }

    /** Reads it in any case and spacing. Empty for what isn't one. */
    public static Optional<Postcode> parse(String written) {
        if (written.length() > WRITTEN_LENGTH_MAX) {
            return Optional.empty();
        }
        var letters = written.replaceAll("[\\s\\u00A0.-]", "").toUpperCase(Locale.ROOT);
        if (letters.length() <= INWARD_LENGTH) {
            return Optional.empty();
        }
        int inward = letters.length() - INWARD_LENGTH;
        var value = letters.substring(0, inward) + " " + letters.substring(inward);
        return FORM.matcher(value).matches() ? Optional.of(new Postcode(value)) : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
