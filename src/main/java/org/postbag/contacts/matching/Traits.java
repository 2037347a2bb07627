package org.postbag.contacts.matching;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is known of one contact, by field, as it is compared; of a field there may be several values. Filled by a {@link Builder}. */
public final class Traits {

    /** Of a field more values than these aren't compared. */
    static final int VALUES_MAX = 8;

    private static final char TAB = '\t';
    private static final String ORGANISATION = "is organisation";
    private static final String NAME = "name";
    private static final String VERIFIED = "verified";

    private final Map<Field, Set<String>> values;
    private final List<Name> names;
    private final Set<String> verified;
    private final boolean organisation;

    private Traits(Map<Field, Set<String>> values, List<Name> names, Set<String> verified, boolean organisation) {
        this.values = values;
        this.names = names;
        this.verified = verified;
        this.organisation = organisation;
    }

    /** Both normalised; an empty one says nothing. */
    record Name(String given, String family) {}

    Collection<String> values(Field field) {
        return values.getOrDefault(field, Set.of());
    }

    List<Name> names() {
        return names;
    }

    /** The email addresses that are surely the contact's own. */
    Set<String> verified() {
        return verified;
    }

    boolean isOrganisation() {
        return organisation;
    }

    /** All of it, to be kept: {@link #read} makes the same of these lines. Each begins with what it says, before a tab. */
    public List<String> lines() {
        var lines = new ArrayList<String>();
        if (organisation) {
            lines.add(ORGANISATION);
        }
        names.forEach(name -> lines.add(NAME + TAB + plain(name.given()) + TAB + plain(name.family())));
        values.forEach((field, all) -> all.forEach(value -> lines.add(field.name() + TAB + plain(value))));
        verified.forEach(email -> lines.add(VERIFIED + TAB + plain(email)));
        return lines;
    }

    /** Without what would end a line or a part of one; there is none in what people write. */
    private static String plain(String value) {
        return value.chars().anyMatch(Character::isISOControl) ? value.replaceAll("\\p{Cntrl}", " ") : value;
    }

    public static Traits read(List<String> lines) {
        boolean organisation = false;
        var names = new ArrayList<Name>();
        Map<Field, Set<String>> values = new EnumMap<>(Field.class);
        var verified = new LinkedHashSet<String>();
        for (var line : lines) {
            int at = line.indexOf(TAB);
            var what = at < 0 ? line : line.substring(0, at);
            var value = line.substring(at + 1);
            switch (what) {
                case ORGANISATION -> organisation = true;
                case NAME -> {
                    int family = value.indexOf(TAB);
                    names.add(new Name(value.substring(0, family), value.substring(family + 1)));
                }
                case VERIFIED -> verified.add(value);
                default ->
                    values.computeIfAbsent(Field.valueOf(what), _ -> new LinkedHashSet<>())
                            .add(value);
            }
        }
        return new Traits(values, names, verified, organisation);
    }

    public static Builder builder() {
        return new Builder();
    }

    public static final class Builder {
        private final Map<Field, Set<String>> values = new EnumMap<>(Field.class);
        private final Set<Name> names = new LinkedHashSet<>();
        private final Set<String> verified = new LinkedHashSet<>();
        private boolean organisation;

        /** @param written a value as written; nothing is added where it says nothing */
        public Builder add(Field field, @Nullable String written) {
            if (written == null) {
                return this;
            }
            if (field == Field.FULL_NAME) {
                return name(written);
            }
            var value = Normal.of(field.kind(), written);
            var all = values.computeIfAbsent(field, _ -> new LinkedHashSet<>());
            if (!value.isEmpty() && all.size() < VALUES_MAX) {
                all.add(value);
            }
            return this;
        }

        /** It is an organisation or the mailbox of several people, and nobody of a name of their own. */
        public Builder organisation() {
            organisation = true;
            return this;
        }

        /** An email address that is surely the contact's own: who it is has shown that they read what is sent there. */
        public Builder verified(String email) {
            verified.add(Normal.of(Field.Kind.EMAIL, email));
            return add(Field.EMAIL, email);
        }

        private Builder name(String written) {
            var name = PersonName.of(written);
            if (names.size() < VALUES_MAX
                    && !(name.given().isEmpty() && name.family().isEmpty())) {
                names.add(name);
            }
            return this;
        }

        public Traits build() {
            Map<Field, Set<String>> kept = new EnumMap<>(Field.class);
            values.forEach((field, all) -> kept.put(field, Set.copyOf(all)));
            return new Traits(kept, new ArrayList<>(names), Set.copyOf(verified), organisation);
        }
    }

    /** Whether anything is known that could be compared. */
    public boolean isEmpty() {
        return names.isEmpty() && values.values().stream().allMatch(Set::isEmpty);
    }
}
