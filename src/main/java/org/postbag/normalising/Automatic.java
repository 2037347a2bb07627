package org.postbag.normalising;

/** Why a message was not, or perhaps not, written by a person to us alone. */
public enum Automatic {
    AUTO_REPLY("auto-reply"),
    BOUNCE("bounce"),
    LIST("list"),
    LOOP("loop"),
    /** Perhaps a program's: it filled in what people don't see, or the mail server took it for spam. */
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

    /**
     * Whether it is a contact that retention counts from. In doubt it is, for a period must not run out too soon: an office may write through a list of its
     * own, and what looks like spam may be somebody's only message.
     */
    public boolean isContact() {
        return this == LIST || this == PROBABLY_SPAM;
    }
}
