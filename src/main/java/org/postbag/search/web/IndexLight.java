package org.postbag.search.web;

import java.util.Optional;
import org.postbag.enquiries.HomeLight;
import org.postbag.search.IndexWatch;
import org.postbag.search.IndexWatch.Seen;
import org.postbag.search.Trouble;
import org.postbag.staff.PageAccess;
import org.postbag.staff.StaffMember;
import org.postbag.staff.UkTime;
import org.postbag.staff.Wording;
import org.springframework.stereotype.Component;

/** Whether what was filed can be found. */
@Component
class IndexLight implements HomeLight {

    private final IndexWatch watch;
    private final PageAccess access;
    private final Wording wording;

    IndexLight(IndexWatch watch, PageAccess access, Wording wording) {
        this.watch = watch;
        this.access = access;
        this.wording = wording;
    }

    @Override
    public Optional<Shown> shown(StaffMember member) {
        var path = access.mayOpen(IndexPage.PATH, member) ? IndexPage.PATH : null;
        return watch.latest()
                .map(seen -> watch.trouble()
                        .map(trouble -> new Shown("Search index", false, "Needs care", said(trouble, seen), path))
                        .orElseGet(() -> new Shown("Search index", true, "All can be found", said(seen), path)));
    }

    private String said(Trouble trouble, Seen seen) {
        return trouble.what() + ". " + trouble.remedy() + " Nothing is lost."
                + (seen.work().enquiries() == 0 ? "" : " " + waiting(seen) + ".");
    }

    private String said(Seen seen) {
        return seen.work().enquiries() == 0 ? "Nothing waits to be indexed" : waiting(seen);
    }

    private String waiting(Seen seen) {
        var since = seen.work().since();
        return wording.count(seen.work().enquiries(), "enquiry", "enquiries") + " waiting to be indexed"
                + (since == null ? "" : ", the oldest since " + UkTime.dateTime(since));
    }
}
