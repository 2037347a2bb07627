package org.postbag.enquiries.web;

import org.postbag.enquiries.QuarantineCounts;
import org.postbag.staff.NavBadge;
import org.springframework.stereotype.Component;

/** How many items in quarantine wait for a person. */
@Component
class QuarantineBadge implements NavBadge {

    private final QuarantineCounts quarantine;

    QuarantineBadge(QuarantineCounts quarantine) {
        this.quarantine = quarantine;
    }

    @Override
    public String path() {
        return "/quarantine";
    }

    @Override
    public long count() {
        return quarantine.waitingForAPerson();
    }
}
