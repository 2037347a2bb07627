package org.postbag.normalising;

/** Why a message was not written by a person to us alone. Only {@link #LIST} moves a retention date: an office may write through a list of its own. */
public enum Automatic {
    AUTO_REPLY("auto-reply"),
    BOUNCE("bounce"),
    LIST("list"),
    LOOP("loop"),
    /** Most likely a program's: it filled in what people don't see. */
    PROBABLY_SPAM("probably-spam"),
    /** A call that the contact centre made to try its lines. */
    TEST("test"),
    /** What a platform reports of somebody, who wrote nothing: that a message was taken back, or an account linked. */
    NOTICE("notice");

    private final String code;

    Automatic(String code) {
        this.code = code;
    }

    public String code() {
        return code;
    }

    /** Whether it is a contact that retention counts from. In doubt it is: a period must not run out too soon. */
    public boolean isContact() {
        return this == LIST;
    }
}
