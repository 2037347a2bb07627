package org.postbag.enquiries.web;

import java.util.List;
import java.util.stream.Stream;
import org.postbag.contacts.Matches;
import org.postbag.contacts.Reviews;
import org.postbag.enquiries.QuarantineCounts;
import org.postbag.enquiries.Queues;
import org.postbag.enquiries.Queues.Kind;
import org.postbag.enquiries.Queues.Queue;
import org.postbag.figures.Cell;
import org.postbag.staff.PageAccess;
import org.postbag.staff.StaffMember;
import org.springframework.stereotype.Component;

/** The figures of the first page: what needs a person, and what came in. Counted once for all who look, but for what is one member's own. */
@Component
class HomeFigures {

    private final ReceivedCounts received;
    private final Queues queues;
    private final QuarantineCounts quarantine;
    private final Matches matches;
    private final Reviews reviews;
    private final PageAccess access;

    HomeFigures(
            ReceivedCounts received,
            Queues queues,
            QuarantineCounts quarantine,
            Matches matches,
            Reviews reviews,
            PageAccess access) {
        this.received = received;
        this.queues = queues;
        this.quarantine = quarantine;
        this.matches = matches;
        this.reviews = reviews;
        this.access = access;
    }

    /** The same for everybody. */
    record Shared(
            ReceivedCounts.Received received, int urgent, int unassigned, int unopened, long quarantine, long review) {}

    /**
     * Something that waits for a person.
     *
     * @param key tells it from the others
     * @param figure the count as shown: "1,000+" where there are more than are counted
     * @param path where it is done
     */
    public record Need(String key, long count, String figure, String what, String why, String path) {

        /** What is said of it: nothing waits, or why it does. */
        public String says() {
            return count == 0 ? "Nothing waits." : why;
        }
    }

    Shared shared() {
        return new Shared(
                received.now(),
                queues.urgent(),
                queues.count(Queue.UNASSIGNED, Kind.PEOPLE, null),
                queues.unopened(),
                quarantine.waitingForAPerson(),
                matches.openCount() + reviews.openCount());
    }

    /** What this member can see to. Rights requests that are due belong here too, once there are any: their module is to tell. */
    List<Need> needs(Shared shared, StaffMember member) {
        return Stream.of(
                        need("urgent", shared.urgent(), "urgent", "Marked so, and not done yet.", "/queues?queue=all"),
                        need(
                                "unassigned",
                                shared.unassigned(),
                                "unassigned",
                                "Nobody has taken them; %s not opened yet.".formatted(number(shared.unopened())),
                                "/queues?queue=unassigned&kind=people"),
                        need("mine", mine(member), "mine", "Yours, and not done yet.", "/queues?queue=mine"),
                        need(
                                "quarantine",
                                shared.quarantine(),
                                "in quarantine",
                                "Could not be filed. Look why, mend and replay.",
                                "/quarantine"),
                        need(
                                "review",
                                shared.review(),
                                "to review",
                                "Two contacts may be one, or one may be two.",
                                "/review"))
                .filter(need -> mayOpen(need, member))
                .toList();
    }

    private int mine(StaffMember member) {
        return access.mayOpen(QueuePage.PATH, member) ? queues.count(Queue.MINE, Kind.EVERYTHING, member) : 0;
    }

    private boolean mayOpen(Need need, StaffMember member) {
        var path = need.path();
        int query = path.indexOf('?');
        return access.mayOpen(query < 0 ? path : path.substring(0, query), member);
    }

    private static Need need(String key, long count, String what, String why, String path) {
        return new Need(key, count, number(count), what, why, path);
    }

    private static String number(long count) {
        return count > Queues.COUNT_MAX
                ? Cell.count(Queues.COUNT_MAX).shown() + "+"
                : Cell.count(count).shown();
    }
}
