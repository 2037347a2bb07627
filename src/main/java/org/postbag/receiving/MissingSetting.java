package org.postbag.receiving;

/** A setting without which the program doesn't start is missing or wrong. The message names it and never what was given. */
public class MissingSetting extends IllegalStateException {

    public MissingSetting(String setting, String what) {
        super("Set " + setting + ": " + what);
    }
}
