package org.postbag.contacts.web;

import org.postbag.contacts.Matches;
import org.postbag.contacts.Reviews;
import org.postbag.staff.NavBadge;
import org.springframework.stereotype.Component;

/** How much waits under each heading of Review. */
@Component
class ReviewTabs implements NavBadge {

    private final Matches matches;
    private final Reviews reviews;

    ReviewTabs(Matches matches, Reviews reviews) {
        this.matches = matches;
        this.reviews = reviews;
    }

    /** @param pairs that nobody has looked at */
    public record Counts(long pairs, long notSure, long matters) {}

    Counts counts() {
        return counts(matches.queue());
    }

    Counts counts(Matches.Queue queue) {
        return new Counts(queue.pairs(), queue.notSure().size(), reviews.openCount());
    }

    @Override
    public String path() {
        return "/review";
    }

    /** What staff were not sure of no longer waits. */
    @Override
    public long count() {
        return matches.openCount() + reviews.openCount();
    }
}
