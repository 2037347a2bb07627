package org.postbag.normalising;

/** Why a message was not written by a person. None of these moves a retention date. */
public enum Automatic {
    AUTO_REPLY("auto-reply"),
    BOUNCE("bounce"),
    LIST("list"),
    LOOP("loop"),
    /** A call that the contact centre made to try its lines. */
    TEST("test");

    private final String code;

    Automatic(String code) {
        this.code = code;
    }

    public String code() {
        return code;
    }
}
