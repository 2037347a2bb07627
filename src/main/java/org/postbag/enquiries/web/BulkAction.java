package org.postbag.enquiries.web;

import org.postbag.enquiries.Labelled;

/** What can be done to enquiries that are ticked in a queue. */
enum BulkAction implements Labelled {
    ASSIGN("Assign…", "Assign enquiries"),
    TOPIC("Set topic…", "Set the topic of enquiries"),
    CLOSE("Close…", "Close enquiries"),
    NOT_AN_ENQUIRY("Not an enquiry…", "These are no enquiries");

    private final String label;
    private final String heading;

    BulkAction(String label, String heading) {
        this.label = label;
        this.heading = heading;
    }

    /** What its button in a queue says. */
    @Override
    public String label() {
        return label;
    }

    /** The heading of the page that asks. */
    public String heading() {
        return heading;
    }
}
