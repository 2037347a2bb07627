package org.postbag.enquiries.web;

import org.postbag.enquiries.Quarantine;
import org.postbag.staff.NavBadge;
import org.springframework.stereotype.Component;

/** How many items wait in quarantine. */
@Component
class QuarantineBadge implements NavBadge {

    private final Quarantine quarantine;

    QuarantineBadge(Quarantine quarantine) {
        this.quarantine = quarantine;
    }

    @Override
    public String path() {
        return "/quarantine";
    }

    @Override
    public long count() {
        return quarantine.count(false);
    }
}
