package org.postbag.receiving;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A country or territory whose numbers may be written without a country code.
 *
 * @param code as ISO 3166 has it, such as {@code GB}
 */
public record TelephoneRegion(String code) {

    private static final Set<String> CODES =
            Set.copyOf(PhoneNumberUtil.getInstance().getSupportedRegions());

    public static final TelephoneRegion UK = new TelephoneRegion("GB");

    public TelephoneRegion {
        if (!CODES.contains(code)) {
            throw new IllegalArgumentException("Not a region with telephone numbers");
        }
    }

    public static Optional<TelephoneRegion> of(String code) {
        return CODES.contains(code) ? Optional.of(new TelephoneRegion(code)) : Optional.empty();
    }

    /** All that there are, by name. */
    public static List<TelephoneRegion> all() {
        return CODES.stream()
                .map(TelephoneRegion::new)
                .sorted(Comparator.comparing(TelephoneRegion::name).thenComparing(TelephoneRegion::code))
                .toList();
    }

    /** In English. */
    public String name() {
        return Locale.of("", code).getDisplayCountry(Locale.UK);
    }
}
