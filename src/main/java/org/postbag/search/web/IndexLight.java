package org.postbag.search.web;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
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
        return watch.latest()
                .map(seen -> watch.trouble()
                        .map(trouble -> shown(false, "Needs care", said(trouble, seen), seen, member))
                        .orElseGet(() -> seen.work().refused() == 0
                                ? shown(true, "All can be found", said(seen) + ".", seen, member)
                                : shown(true, "Found, some by reference only", refused(seen) + ".", seen, member)));
    }

    private Shown shown(boolean good, String state, String detail, Seen seen, StaffMember member) {
        return new Shown("Search index", good, state, detail, path(seen, member));
    }

    private @Nullable String path(Seen seen, StaffMember member) {
        if (access.mayOpen(IndexPage.PATH, member)) {
            return IndexPage.PATH;
        }
        return seen.work().refused() > 0 && access.mayOpen(RefusedPage.PATH, member) ? RefusedPage.PATH : null;
    }

    private String refused(Seen seen) {
        return "The engine would not take the content of "
                + wording.count(seen.work().refused(), "enquiry", "enquiries");
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
