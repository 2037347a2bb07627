package org.postbag.enquiries.web;

import org.postbag.enquiries.Queues;
import org.postbag.staff.NavBadge;
import org.springframework.stereotype.Component;

/** How many enquiries nobody has taken yet. */
@Component
class QueueBadge implements NavBadge {

    private final Queues queues;

    QueueBadge(Queues queues) {
        this.queues = queues;
    }

    @Override
    public String path() {
        return QueuePage.PATH;
    }

    @Override
    public long count() {
        return queues.unassigned();
    }
}
