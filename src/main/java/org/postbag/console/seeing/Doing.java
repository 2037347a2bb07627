package org.postbag.console.seeing;

import java.util.ArrayList;
import java.util.List;

/** What an operator may do with a route from its line: a link to the page that asks once more. */
public enum Doing {
    START("start", "Start"),
    RESUME("resume", "Resume"),
    SUSPEND("suspend", "Suspend"),
    STOP("stop", "Stop"),
    RUN("run", "Run now");

    private final String code;
    private final String label;

    Doing(String code, String label) {
        this.code = code;
        this.label = label;
    }

    /** As it stands in addresses. */
    public String code() {
        return code;
    }

    public String label() {
        return label;
    }

    /** What makes sense for a route in this state. */
    static List<String> in(String state, boolean polls) {
        var can = new ArrayList<Doing>();
        switch (state) {
            case "started", "standby" -> {
                can.add(SUSPEND);
                can.add(STOP);
                if (polls) {
                    can.add(RUN);
                }
            }
            case "suspended" -> {
                can.add(RESUME);
                can.add(STOP);
            }
            case "stopped" -> can.add(START);
            default -> {
                // On its way, or not there.
            }
        }
        return can.stream().map(Doing::code).toList();
    }
}
