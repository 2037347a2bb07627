package org.postbag.staff.web;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postbag.staff.CurrentStaff;
import org.postbag.staff.NavBadge;
import org.postbag.staff.PageAccess;
import org.postbag.staff.Role;
import org.postbag.staff.StaffTexts;
import org.postbag.staff.WithoutDatabase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/** The entries on top of each page of staff's: the pages that exist and that this person may open. */
@Component("navigation")
public class Navigation {

    private static final Logger LOG = LoggerFactory.getLogger(Navigation.class);

    /**
     * An entry that could be shown.
     *
     * @param role who sees it among those who may open it; null for all of them
     */
    private record Page(String key, String path, @Nullable Role role) {

        Page(String key, String path) {
            this(key, path, null);
        }
    }

    /**
     * An entry as shown.
     *
     * @param count how many wait there for a person, or null where there is no such number
     */
    public record Entry(
            String key, String label, String path, @Nullable Long count) {}

    private static final List<Page> PAGES = List.of(
            new Page("home", "/"),
            new Page("calls", "/by-hand/today", Role.CALL_HANDLER),
            new Page("queues", "/queues"),
            new Page("enquiries", "/enquiries"),
            new Page("contacts", "/contacts"),
            new Page("review", "/review"),
            new Page("quarantine", "/quarantine"),
            new Page("routes", "/routes"),
            new Page("search-index", "/search-index"),
            new Page("reports", "/reports"),
            new Page("keeping", "/keeping"),
            new Page("requests", "/requests"),
            new Page("audit", "/audit/searches"),
            new Page("staff", "/settings/staff"));

    private final PageAccess access;
    private final CurrentStaff staff;
    private final ObjectProvider<NavBadge> badges;
    private final StaffTexts texts;

    Navigation(PageAccess access, CurrentStaff staff, ObjectProvider<NavBadge> badges, StaffTexts texts) {
        this.access = access;
        this.staff = staff;
        this.badges = badges;
        this.texts = texts;
    }

    public List<Entry> entries() {
        var member = staff.member();
        return PAGES.stream()
                .filter(page -> access.mayOpen(page.path(), member) && (page.role() == null || member.has(page.role())))
                .map(page -> new Entry(page.key(), texts.say("frame.nav." + page.key()), page.path(), count(page)))
                .toList();
    }

    /** Whether this person may record a call: the link stands on each of their pages. */
    public boolean mayRecord() {
        return mayOpen("/by-hand");
    }

    /** Whether this person may open the page at a path. */
    public boolean mayOpen(String path) {
        return access.mayOpen(path, staff.member());
    }

    private static boolean databaseIsAway() {
        var request = RequestContextHolder.getRequestAttributes();
        return request != null && request.getAttribute(WithoutDatabase.AWAY, RequestAttributes.SCOPE_REQUEST) != null;
    }

    /**
     * A page is shown without its number rather than not at all, the page that says that the database is away among them. Where one can't be counted the
     * others are not tried: each would wait for the database again.
     */
    private @Nullable Long count(Page page) {
        if (databaseIsAway()) {
            return null;
        }
        try {
            return badges.stream()
                    .filter(badge -> badge.path().equals(page.path()))
                    .map(NavBadge::count)
                    .findFirst()
                    .orElse(null);
        } catch (DataAccessException e) {
            LOG.debug("The number beside {} can't be counted now", page.path(), e);
            var request = RequestContextHolder.getRequestAttributes();
            if (request != null) {
                request.setAttribute(WithoutDatabase.AWAY, true, RequestAttributes.SCOPE_REQUEST);
            }
            return null;
        }
    }
}
