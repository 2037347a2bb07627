package org.postbag.search.web;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postbag.enquiries.HomeLight;
import org.postbag.search.IndexWatch;
import org.postbag.search.IndexWatch.Seen;
import org.postbag.search.Trouble;
import org.postbag.staff.PageAccess;
import org.postbag.staff.StaffMember;
import org.postbag.staff.StaffTexts;
import org.postbag.staff.UkTime;
import org.springframework.stereotype.Component;

/** Whether what was filed can be found. */
@Component
class IndexLight implements HomeLight {

    private final IndexWatch watch;
    private final PageAccess access;
    private final StaffTexts texts;

    IndexLight(IndexWatch watch, PageAccess access, StaffTexts texts) {
        this.watch = watch;
        this.access = access;
        this.texts = texts;
    }

    @Override
    public Optional<Shown> shown(StaffMember member) {
        return watch.latest()
                .map(seen -> watch.trouble()
                        .map(trouble -> shown(false, "index.light.trouble", said(trouble, seen), seen, member))
                        .orElseGet(() -> seen.work().refused() == 0
                                ? shown(true, "index.light.good", said(seen), seen, member)
                                : shown(true, "index.light.refused", refused(seen), seen, member)));
    }

    private Shown shown(boolean good, String state, String detail, Seen seen, StaffMember member) {
        return new Shown(texts.say("index.title"), good, texts.say(state), detail, path(seen, member));
    }

    private @Nullable String path(Seen seen, StaffMember member) {
        if (access.mayOpen(IndexPage.PATH, member)) {
            return IndexPage.PATH;
        }
        return seen.work().refused() > 0 && access.mayOpen(RefusedPage.PATH, member) ? RefusedPage.PATH : null;
    }

    private String refused(Seen seen) {
        return texts.say("index.light.refused.says", seen.work().refused());
    }

    private String said(Trouble trouble, Seen seen) {
        return texts.say("index.light.trouble.says", trouble.what(), trouble.remedy())
                + (seen.work().enquiries() == 0 ? "" : " " + waiting(seen));
    }

    private String said(Seen seen) {
        return seen.work().enquiries() == 0 ? texts.say("index.light.good.says") : waiting(seen);
    }

    private String waiting(Seen seen) {
        var since = seen.work().since();
        return since == null
                ? texts.say("index.light.waiting", seen.work().enquiries())
                : texts.say("index.light.waiting.since", seen.work().enquiries(), UkTime.dateTime(since));
    }
}
