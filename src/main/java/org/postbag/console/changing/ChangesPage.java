package org.postbag.console.changing;

import org.postbag.console.SeesChanges;
import org.postbag.staff.CurrentStaff;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.ModelAndView;

/** All that is on its way to being in force, and what was put there by one person alone. */
@Controller
@Profile("!command")
class ChangesPage {

    static final String PATH = "/routes/changes";

    private final Lists lists;
    private final CurrentStaff staff;

    ChangesPage(Lists lists, CurrentStaff staff) {
        this.lists = lists;
        this.staff = staff;
    }

    @GetMapping(PATH)
    @SeesChanges
    ModelAndView changes() {
        var page = new ModelAndView("console/changes");
        page.addObject("lists", lists);
        page.addObject("open", lists.onTheirWay());
        page.addObject("toConfirm", lists.toConfirm());
        page.addObject("withoutFile", lists.withoutFile());
        page.addObject("mayEdit", Editing.mayEdit(staff.member()));
        page.addObject("mayRead", Editing.mayRead(staff.member()));
        return page;
    }
}
