package org.postbag.contacts.web;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postbag.audit.Action;
import org.postbag.audit.AuditEvent;
import org.postbag.audit.AuditTrail;
import org.postbag.audit.Subject;
import org.postbag.contacts.Contact;
import org.postbag.contacts.Matches;
import org.postbag.contacts.Matches.Group;
import org.postbag.contacts.Matches.Match;
import org.postbag.contacts.Matches.Queue;
import org.postbag.contacts.Matches.Said;
import org.postbag.staff.AllowedTo;
import org.postbag.staff.CurrentStaff;
import org.postbag.staff.Role;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Pairs of contacts that may be one person, one at a time, the likeliest first; and lists of them. Each look is recorded. */
@Controller
@RequestMapping("/review")
@AllowedTo({Role.OFFICER, Role.REVIEWER, Role.DATA_PROTECTION_OFFICER})
class ReviewPage {

    private static final int LINES_A_PAGE = 20;
    private static final int PAGE_MAX = 100_000;

    private final Matches matches;
    private final PairViews views;
    private final ReviewTabs tabs;
    private final AuditTrail trail;
    private final CurrentStaff staff;

    ReviewPage(Matches matches, PairViews views, ReviewTabs tabs, AuditTrail trail, CurrentStaff staff) {
        this.matches = matches;
        this.views = views;
        this.tabs = tabs;
        this.trail = trail;
        this.staff = staff;
    }

    /** @param page the place in the queue, from 1; beyond its end, the last */
    @GetMapping
    ModelAndView open(@RequestParam(defaultValue = "1") int page, @RequestParam(defaultValue = "false") boolean all) {
        var queue = matches.queue();
        var open = pairs(queue);
        // One whose contacts are gone since is passed over.
        for (int place = Math.clamp(page, 1, Math.max(1, open.size())); place <= open.size(); place++) {
            var match = open.get(place - 1);
            var pair = views.pair(match, all);
            if (pair.isPresent()) {
                return view(pair.get(), queue, place, open.size());
            }
        }
        var view = new ModelAndView("contacts/review");
        view.addObject("counts", tabs.counts(queue));
        view.addObject("mayDecide", staff.member().has(Role.REVIEWER));
        return view;
    }

    @GetMapping("/{one:[0-9]+}/{other:[0-9]+}")
    ModelAndView one(
            @PathVariable long one, @PathVariable long other, @RequestParam(defaultValue = "false") boolean all) {
        var match = matches.pair(one, other);
        var pair = match.isPresent() ? views.pair(match.get(), all) : views.unasked(one, other, all);
        if (pair.isEmpty()) {
            var missing = new ModelAndView(
                    "contacts/" + (match.filter(Match::isJoined).isPresent() ? "joined" : "no-review"));
            missing.addObject("match", match.orElse(null));
            missing.addObject(
                    "saidBy",
                    match.map(Match::said).map(Said::actor).map(views::name).orElse(null));
            missing.addObject("mayDecide", staff.member().has(Role.REVIEWER));
            if (match.isEmpty()) {
                missing.setStatus(HttpStatus.NOT_FOUND);
            }
            return missing;
        }
        var queue = matches.queue();
        var open = pairs(queue);
        int place = match.map(found -> open.indexOf(found) + 1).orElse(0);
        return view(pair.get(), queue, place, open.size());
    }

    @GetMapping("/list")
    ModelAndView list(@RequestParam(defaultValue = "1") int page) {
        var queue = matches.queue();
        return list("list", queue, pairs(queue), page);
    }

    @GetMapping("/not-sure")
    ModelAndView notSure(@RequestParam(defaultValue = "1") int page) {
        var queue = matches.queue();
        return list("not-sure", queue, queue.notSure(), page);
    }

    /** As they are decided: group after group. */
    static List<Match> pairs(Queue queue) {
        return queue.groups().stream().flatMap(group -> group.pairs().stream()).toList();
    }

    private ModelAndView list(String which, Queue queue, List<Match> of, int page) {
        int number = Math.clamp(page, 1, PAGE_MAX);
        int offset = (number - 1) * LINES_A_PAGE;
        var lines = views.lines(of.stream().skip(offset).limit(LINES_A_PAGE).toList());
        looked(lines.stream()
                .flatMap(line -> Stream.of(line.one(), line.other()))
                .toList());
        var view = new ModelAndView("contacts/review-list");
        view.addObject("which", which);
        view.addObject("counts", tabs.counts(queue));
        view.addObject("lines", lines);
        view.addObject("pageNumber", number);
        view.addObject("hasNext", of.size() > (long) offset + LINES_A_PAGE);
        return view;
    }

    /** @param place in the queue, or 0 where it isn't there */
    private ModelAndView view(PairViews.Pair pair, Queue queue, int place, int size) {
        var group = Optional.ofNullable(pair.match())
                .flatMap(match -> group(queue, match))
                .filter(found -> !found.isPair())
                .map(views::group);
        var shown = new HashSet<>(pair.contacts());
        group.ifPresent(found -> shown.addAll(found.contacts()));
        looked(shown);
        var member = staff.member();
        var view = new ModelAndView("contacts/review");
        view.addObject("counts", tabs.counts(queue));
        view.addObject("pair", pair);
        view.addObject("group", group.orElse(null));
        view.addObject("place", place);
        view.addObject("notSure", pair.match() != null && queue.notSure().contains(pair.match()));
        view.addObject("size", size);
        view.addObject("before", place > 1 ? "/review?page=" + (place - 1) : null);
        view.addObject("after", after(place, size));
        view.addObject("mayDecide", member.has(Role.REVIEWER));
        return view;
    }

    private static @Nullable String after(int place, int size) {
        return place > 0 && place < size ? "/review?page=" + (place + 1) : null;
    }

    private static Optional<Group> group(Queue queue, Match match) {
        return queue.groups().stream()
                .filter(group -> group.pairs().contains(match))
                .findFirst();
    }

    /** Names and addresses of the contacts are shown, so it is a look at each. */
    private void looked(Collection<Contact> contacts) {
        var actor = staff.member().actor();
        var ids = contacts.stream().map(Contact::id).collect(Collectors.toCollection(java.util.TreeSet::new));
        trail.record(ids.stream()
                .map(id -> new AuditEvent(actor, Action.LOOKED, Subject.contact(id), "in review"))
                .toList());
    }
}
