package org.postbag.enquiries.web;

import org.postbag.enquiries.Labelled;

/** What can be done to enquiries that are ticked in a queue. */
enum BulkAction implements Labelled {
    ASSIGN("Assign…", "Assign enquiries", "Assign the enquiry"),
    TOPIC("Set topic…", "Set the topic of enquiries", "Set the topic of the enquiry"),
    CLOSE("Close…", "Close enquiries", "Close the enquiry"),
    NOT_AN_ENQUIRY("Not an enquiry…", "These are no enquiries", "This is no enquiry");

    private final String label;
    private final String heading;
    private final String headingOfOne;

    BulkAction(String label, String heading, String headingOfOne) {
        this.label = label;
        this.heading = heading;
        this.headingOfOne = headingOfOne;
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

    /** Likewise, where it is about one. */
    public String headingOfOne() {
        return headingOfOne;
    }
}
