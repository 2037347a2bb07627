package org.postbag.contacts;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.postbag.normalising.ListEntry;

/** What a public list says of somebody, field by field. */
public enum ListedField {
    NAME("name"),
    CATEGORY("category"),
    KIND("kind"),
    ORGANISATION("organisation"),
    EMAIL("email"),
    TELEPHONE("telephone"),
    HANDLE("handle"),
    REGISTER_NUMBER("register-number"),
    POSTCODE("postcode"),
    LOCATION("location");

    private final String code;

    ListedField(String code) {
        this.code = code;
    }

    public String code() {
        return code;
    }

    /** As it is stored; what an entry doesn't say is left out. */
    static Map<String, String> says(ListEntry entry) {
        var says = new TreeMap<String, String>();
        put(says, NAME, entry.name());
        put(says, CATEGORY, entry.category().code());
        put(says, KIND, entry.kind().code());
        put(says, ORGANISATION, entry.organisation());
        put(says, EMAIL, entry.email());
        put(says, TELEPHONE, entry.telephone());
        var handle = entry.handle();
        put(says, HANDLE, handle == null ? null : handle.value());
        var number = entry.registerNumber();
        put(says, REGISTER_NUMBER, number == null ? null : number.number());
        put(says, POSTCODE, entry.postcode());
        put(says, LOCATION, entry.location());
        return says;
    }

    private static void put(Map<String, String> says, ListedField field, @Nullable Object value) {
        if (value != null) {
            says.put(field.code, value.toString());
        }
    }
}
