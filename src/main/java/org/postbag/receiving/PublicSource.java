package org.postbag.receiving;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postbag.receiving.Profile.Field;
import org.postbag.retention.Category;

/**
 * A public source whose lists a {@link Profile} reads (duty D2).
 *
 * @param name as shown to people
 * @param categories what the words in the category column mean, keyed by {@link Profile#key}; the empty one, where it says nothing
 * @param kinds likewise of the kind column
 * @param idsOfPeople whether the source's ids stay with a person who takes another name. Else an id may be a post's, whose next holder is someone else:
 *     then another name under it is another entry. An organisation's id always stays with it.
 * @param register whose numbers the ids are, which other lists may give too; null where they are the list's own
 */
public record PublicSource(
        String name,
        Map<String, Category> categories,
        Map<String, Kind> kinds,
        boolean idsOfPeople,
        @Nullable String register) {

    /** Nothing that could be taken for a reference to an item, see the sources of identifiers. */
    static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N} \\-,.'\u2019()&]{0,99}");

    public PublicSource {
        categories = Map.copyOf(categories);
        kinds = Map.copyOf(kinds);
    }

    /** What an entry is. */
    public enum Kind {
        PERSON("person"),
        ORGANISATION("organisation");

        private final String code;

        Kind(String code) {
            this.code = code;
        }

        public String code() {
            return code;
        }

        public static Optional<Kind> of(String code) {
            return Arrays.stream(values()).filter(k -> k.code.equals(code)).findFirst();
        }
    }

    /** Whether an entry's id is its own, and not its post's. */
    public boolean idsStayWith(Kind kind) {
        return idsOfPeople || kind == Kind.ORGANISATION;
    }

    /** Empty where the row has a word that the profile doesn't know. */
    public Optional<Category> category(Profile profile, ExportRow.Whole row) {
        return Optional.ofNullable(categories.get(Profile.key(profile.value(Field.CATEGORY, row))));
    }

    /** Likewise. */
    public Optional<Kind> kind(Profile profile, ExportRow.Whole row) {
        return Optional.ofNullable(kinds.get(Profile.key(profile.value(Field.KIND, row))));
    }

    /**
     * What makes a row of a later list the same entry: the list's own id; where it has none, who it is and the first address that it gives. May hold
     * personal data.
     */
    public String entry(Profile profile, ExportRow.Whole row) {
        var id = profile.value(Field.ENTRY_ID, row);
        var name = Profile.key(profile.value(Field.NAME, row));
        if (!id.isEmpty()) {
            boolean stays = kind(profile, row).map(this::idsStayWith).orElse(idsOfPeople);
            return stays ? "id\n" + id : "post\n" + id + "\n" + name;
        }
        var address = Arrays.asList(Field.EMAIL, Field.HANDLE, Field.NUMBER).stream()
                .map(field -> Profile.key(profile.value(field, row)))
                .filter(written -> !written.isEmpty())
                .findFirst()
                .orElse("");
        return "who\n" + name + "\n" + Profile.key(profile.value(Field.ORGANISATION, row)) + "\n" + address;
    }
}
