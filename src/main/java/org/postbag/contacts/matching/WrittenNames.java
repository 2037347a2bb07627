package org.postbag.contacts.matching;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/** Tells several people from one who writes their name in several ways. */
public final class WrittenNames {

    /** Two names may be a marriage, or a husband who sits at the keyboard; three are a mailbox that people share. */
    private static final int PEOPLE_MIN = 3;

    private WrittenNames() {}

    /** Whether names that came from one address are of more people than one may be. The same for the same names, in whatever order. */
    public static boolean severalPeople(Collection<String> written) {
        List<Traits.Name> people = new ArrayList<>();
        for (var name : new TreeSet<>(written)) {
            var one = PersonName.of(name);
            boolean known = one.given().isEmpty() && one.family().isEmpty()
                    || people.stream().anyMatch(other -> mayBeOne(one, other));
            if (!known) {
                people.add(one);
            }
        }
        return people.size() >= PEOPLE_MIN;
    }

    /** An initial, a short form, a typing error, a name left out, and a family name that changed are one person's. */
    private static boolean mayBeOne(Traits.Name one, Traits.Name other) {
        if (one.given().isEmpty() || other.given().isEmpty()) {
            return one.family().equals(other.family());
        }
        boolean swapped = one.given().equals(other.family()) && one.family().equals(other.given());
        int given = Likeness.text(one.given(), other.given());
        return swapped || given == Likeness.NOTHING || given >= Likeness.FAINT;
    }
}
