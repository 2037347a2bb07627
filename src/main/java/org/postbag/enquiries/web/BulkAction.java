package org.postbag.enquiries.web;

import org.postbag.enquiries.Labelled;

/** What can be done to enquiries that are ticked in a queue. */
enum BulkAction implements Labelled {
    ASSIGN,
    TOPIC,
    CLOSE,
    NOT_AN_ENQUIRY
}
