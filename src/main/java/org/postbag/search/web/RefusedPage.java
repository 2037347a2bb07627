package org.postbag.search.web;

import org.postbag.search.RefusedEnquiries;
import org.postbag.staff.AllowedTo;
import org.postbag.staff.CurrentStaff;
import org.postbag.staff.PageAccess;
import org.postbag.staff.Role;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The enquiries whose content the engine refused, by reference alone: nothing of what they say is shown, so that whoever runs the index sees them too. */
@Controller
class RefusedPage {

    static final String PATH = "/search-index/refused";

    private static final int LINES_A_PAGE = 50;
    private static final int PAGE_MAX = 10_000;

    private final RefusedEnquiries refused;
    private final PageAccess access;
    private final CurrentStaff staff;

    RefusedPage(RefusedEnquiries refused, PageAccess access, CurrentStaff staff) {
        this.refused = refused;
        this.access = access;
        this.staff = staff;
    }

    @GetMapping(PATH)
    @AllowedTo({Role.READER, Role.OFFICER, Role.REVIEWER, Role.DATA_PROTECTION_OFFICER, Role.ADMINISTRATOR})
    String list(@RequestParam(name = "page", defaultValue = "1") int asked, Model model) {
        int number = Math.clamp(asked, 1, PAGE_MAX);
        int offset = (number - 1) * LINES_A_PAGE;
        long total = refused.count();
        model.addAttribute("total", total);
        model.addAttribute("lines", refused.list(offset, LINES_A_PAGE));
        model.addAttribute("mayRead", access.mayOpen("/enquiries", staff.member()));
        model.addAttribute("mayRebuild", access.mayOpen(IndexPage.PATH, staff.member()));
        model.addAttribute("before", number > 1 ? PATH + "?page=" + (number - 1) : null);
        model.addAttribute("after", total > offset + (long) LINES_A_PAGE ? PATH + "?page=" + (number + 1) : null);
        return "search/refused";
    }
}
