package org.postbag.enquiries.web;

import java.util.Arrays;
import java.util.Optional;

/** What can be done to enquiries that are ticked in a queue. */
enum BulkAction {
    ASSIGN("assign", "Assign…", "Assign enquiries"),
    TOPIC("topic", "Set topic…", "Set the topic of enquiries"),
    CLOSE("close", "Close…", "Close enquiries"),
    NOT_AN_ENQUIRY("not-an-enquiry", "Not an enquiry…", "These are no enquiries");

    private final String code;
    private final String label;
    private final String heading;

    BulkAction(String code, String label, String heading) {
        this.code = code;
        this.label = label;
        this.heading = heading;
    }

    public String code() {
        return code;
    }

    /** What its button in a queue says. */
    public String label() {
        return label;
    }

    /** The heading of the page that asks. */
    public String heading() {
        return heading;
    }

    static Optional<BulkAction> of(String code) {
        return Arrays.stream(values()).filter(a -> a.code.equals(code)).findFirst();
    }
}
