package org.postbag.settings;

/** A setting without which the program doesn't start is missing or wrong. The message names it and never what was given. */
public class MissingSetting extends IllegalStateException {

    private final String setting;
    private final String what;

    /** @param what the setting should give, such as "the Kafka servers that receipts go to" */
    public MissingSetting(String setting, String what) {
        super("Set " + setting + " to " + what);
        this.setting = setting;
        this.what = what;
    }

    public String setting() {
        return setting;
    }

    public String what() {
        return what;
    }
}
