package org.postbag.enquiries;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * One of a few that people choose from: its name with dashes is what stands in addresses and forms, and what it is called stands with the texts of pages, see
 * {@link org.postbag.staff.StaffTexts#label}.
 */
public interface Labelled {

    String name();

    default String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static <E extends Enum<E> & Labelled> Optional<E> of(Class<E> few, String code) {
        return Arrays.stream(few.getEnumConstants())
                .filter(one -> one.code().equals(code))
                .findFirst();
    }
}
