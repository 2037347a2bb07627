package org.postbag.receiving;

/** Whether the public wrote to the body, or the body answered. */
public enum Direction {
    INBOUND("inbound"),
    OUTBOUND("outbound");

    private final String code;

    Direction(String code) {
        this.code = code;
    }

    public String code() {
        return code;
    }

    public static Direction of(String code) {
        return code.equals("outbound") ? OUTBOUND : INBOUND;
    }
}
