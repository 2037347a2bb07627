package org.postbag.search.language;

/** Where in an enquiry words are looked for, and under which name each engine has it. */
public enum Place {
    SUBJECT("subject", true, 2),
    TEXT("text", true, 1),
    NAMES("names", false, 3),
    IDENTIFIERS("identifiers", false, 3),
    ATTACHMENTS("attachments", false, 1),
    /** Without spaces, and by their first half alone. Looked for only where somebody says that it is a postcode. */
    POSTCODES("postcodes", false, 0);

    private final String field;
    private final boolean running;
    private final float weight;

    Place(String field, boolean running, float weight) {
        this.field = field;
        this.running = running;
        this.weight = weight;
    }

    public String field() {
        return field;
    }

    /** Whether it is running text, whose words are reduced to their stem. */
    public boolean isRunning() {
        return running;
    }

    /** Whether words are looked for there unless somebody says where. */
    boolean isUsual() {
        return weight > 0;
    }

    /** What a hit there is worth beside one in the text. */
    public float weight() {
        return weight;
    }
}
