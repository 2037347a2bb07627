package org.postbag.enquiries.web;

import java.util.List;
import java.util.stream.Stream;
import org.postbag.contacts.Matches;
import org.postbag.contacts.Reviews;
import org.postbag.enquiries.FilesNotRead;
import org.postbag.enquiries.Quarantine;
import org.postbag.staff.CurrentStaff;
import org.postbag.staff.OpenToStaff;
import org.postbag.staff.PageAccess;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The first page: what came in, and what needs a person. Counts hold no content, so every role sees them; links only where they lead somewhere. */
@Controller
@OpenToStaff
class HomePage {

    private final ReceivedCounts received;
    private final Quarantine quarantine;
    private final Matches matches;
    private final Reviews reviews;
    private final FilesNotRead filesNotRead;
    private final PageAccess access;
    private final CurrentStaff staff;

    HomePage(
            ReceivedCounts received,
            Quarantine quarantine,
            Matches matches,
            Reviews reviews,
            FilesNotRead filesNotRead,
            PageAccess access,
            CurrentStaff staff) {
        this.received = received;
        this.quarantine = quarantine;
        this.matches = matches;
        this.reviews = reviews;
        this.filesNotRead = filesNotRead;
        this.access = access;
        this.staff = staff;
    }

    /** Something that waits for a person: how much, what it is, and where it is done. */
    public record Need(long count, String what, String why, String path) {}

    @GetMapping("/")
    String home(Model model) {
        var now = received.now();
        model.addAttribute("received", now);
        model.addAttribute("chart", ReceivedChart.of(now));
        model.addAttribute("needs", needs());
        model.addAttribute(
                "filesNotRead", access.mayOpen(FilesNotReadPage.PATH, staff.member()) ? filesNotRead.count() : 0);
        return "enquiries/home";
    }

    private List<Need> needs() {
        var member = staff.member();
        return Stream.of(
                        new Need(
                                quarantine.waitingForAPerson(),
                                "in quarantine",
                                "Could not be filed. Look why, mend and replay.",
                                "/quarantine"),
                        new Need(
                                matches.openCount() + reviews.openCount(),
                                "to review",
                                "Two contacts may be one, or one may be two.",
                                "/review"))
                .filter(need -> access.mayOpen(need.path(), member))
                .toList();
    }
}
