package org.postbag.contacts.matching;

import java.util.HashSet;
import java.util.Set;

/**
 * What a contact is found by when another is compared: pieces that a slip of the pen leaves whole, as numbers. Two contacts that share none aren't compared;
 * nor by a piece which more than {@link #GROUP_MAX} have, since it tells too little.
 */
public final class Keys {

    /** So many contacts may have a piece for it to make them candidates of each other. */
    public static final int GROUP_MAX = 20;

    private static final int KEYS_MAX = 64;
    private static final int MAILBOX_CHARACTERS_MIN = 6;
    private static final int TELEPHONE_DIGITS = 9;

    private final Traits traits;
    private final Set<Long> keys = new HashSet<>();

    private Keys(Traits traits) {
        this.traits = traits;
    }

    public static Set<Long> of(Traits traits) {
        var keys = new Keys(traits);
        keys.identifiers();
        keys.names();
        keys.organisations();
        return keys.keys;
    }

    private void identifiers() {
        for (var email : traits.values(Field.EMAIL)) {
            add("email", email, "");
            int at = email.indexOf('@');
            if (at >= MAILBOX_CHARACTERS_MIN) {
                add("mailbox", email.substring(0, at), "");
            }
        }
        for (var number : traits.values(Field.TELEPHONE)) {
            add("telephone", number.substring(Math.max(0, number.length() - TELEPHONE_DIGITS)), "");
        }
        for (var handle : traits.values(Field.HANDLE)) {
            add("handle", handle, "");
        }
        for (var id : traits.values(Field.NATIONAL_ID)) {
            add("id", id, "");
        }
    }

    private void names() {
        for (var name : traits.names()) {
            var given = name.given();
            var family = name.family();
            if (given.length() > 1 && family.length() > 1) {
                var first = Nicknames.root(given);
                // The same whichever of the two comes first.
                both("name", first, Nicknames.root(family));
                both("sound", Texts.sound(first), Texts.sound(family));
            }
            for (var part : new String[] {Nicknames.root(given), family}) {
                if (part.length() > 1) {
                    with(part);
                }
            }
        }
    }

    private void with(String part) {
        var sound = Texts.sound(part);
        traits.values(Field.POSTCODE).forEach(postcode -> add("postcode", postcode, sound));
        traits.values(Field.DATE_OF_BIRTH).forEach(date -> add("born", date, sound));
        traits.values(Field.STREET).forEach(street -> add("street", street.replace(" ", ""), sound));
    }

    private void organisations() {
        for (var organisation : traits.values(Field.ORGANISATION)) {
            var plain = organisation.replace(" ", "");
            add("organisation", plain, "");
            for (var name : traits.names()) {
                add("works", plain, Texts.sound(name.family()));
            }
        }
    }

    private void both(String kind, String one, String other) {
        boolean ordered = one.compareTo(other) <= 0;
        add(kind, ordered ? one : other, ordered ? other : one);
    }

    private void add(String kind, String one, String other) {
        if (keys.size() < KEYS_MAX) {
            keys.add(Tokens.hash(kind + "\u0000" + one + "\u0000" + other));
        }
    }
}
