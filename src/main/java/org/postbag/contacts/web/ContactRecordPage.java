package org.postbag.contacts.web;

import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.postbag.audit.Action;
import org.postbag.audit.AuditEvent;
import org.postbag.audit.AuditTrail;
import org.postbag.audit.Subject;
import org.postbag.contacts.Contact;
import org.postbag.contacts.ContactPanel;
import org.postbag.contacts.Contacts;
import org.postbag.contacts.Matches;
import org.postbag.contacts.Merging;
import org.postbag.contacts.Organisations;
import org.postbag.contacts.PublicLists;
import org.postbag.contacts.Reviews;
import org.postbag.contacts.Splitting;
import org.postbag.receiving.Channel;
import org.postbag.retention.RetentionRule;
import org.postbag.staff.AllowedTo;
import org.postbag.staff.CurrentStaff;
import org.postbag.staff.Role;
import org.postbag.staff.StaffTexts;
import org.postbag.staff.UkTime;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** A contact: what it is known by and since when, what it claims, all that happened with it, until when it is kept and why. Each look is recorded. */
@Controller
@RequestMapping("/contacts/{id:[0-9]+}")
class ContactRecordPage {

    private static final int PAGE_MAX = 50_000;
    private static final int HISTORY_SHOWN_MAX = 50;

    private final Contacts contacts;
    private final KnownBy knownBy;
    private final ContactSight sight;
    private final Reviews reviews;
    private final Matches matches;
    private final PublicLists lists;
    private final ContactPanel panel;
    private final ContactTimeline timeline;
    private final Merging merging;
    private final Splitting splitting;
    private final Organisations organisations;
    private final AuditTrail trail;
    private final StaffTexts texts;
    private final CurrentStaff staff;
    private final Clock clock;

    ContactRecordPage(
            Contacts contacts,
            KnownBy knownBy,
            ContactSight sight,
            Reviews reviews,
            Matches matches,
            PublicLists lists,
            ContactPanel panel,
            ContactTimeline timeline,
            Merging merging,
            Splitting splitting,
            Organisations organisations,
            AuditTrail trail,
            StaffTexts texts,
            CurrentStaff staff,
            Clock clock) {
        this.contacts = contacts;
        this.knownBy = knownBy;
        this.sight = sight;
        this.reviews = reviews;
        this.matches = matches;
        this.lists = lists;
        this.panel = panel;
        this.timeline = timeline;
        this.merging = merging;
        this.splitting = splitting;
        this.organisations = organisations;
        this.trail = trail;
        this.texts = texts;
        this.staff = staff;
        this.clock = clock;
    }

    @GetMapping
    @AllowedTo({Role.READER, Role.OFFICER, Role.REVIEWER, Role.DATA_PROTECTION_OFFICER})
    ModelAndView show(@PathVariable long id, @RequestParam(defaultValue = "1") int page) {
        var found = contacts.byId(id);
        if (found.isEmpty()) {
            var missing = new ModelAndView("contacts/missing");
            missing.setStatus(HttpStatus.NOT_FOUND);
            return missing;
        }
        var contact = found.get();
        var member = staff.member();
        trail.record(new AuditEvent(member.actor(), Action.LOOKED, Subject.contact(id)));
        var view = contact.erasedAt() == null ? whole(contact, Math.clamp(page, 1, PAGE_MAX)) : erased();
        view.addObject("contact", contact);
        view.addObject("history", trail.history(Subject.contact(id), HISTORY_SHOWN_MAX));
        view.addObject("mayChange", member.has(Role.OFFICER) || member.has(Role.REVIEWER));
        view.addObject("mayReview", mayReview(member.roles()));
        view.addObject("mayMerge", member.has(Role.REVIEWER));
        return view;
    }

    private ModelAndView whole(Contact contact, int number) {
        var view = new ModelAndView("contacts/contact");
        var reader = staff.member();
        view.addObject("mergedBy", merging.mergeOf(contact.id()).orElse(null));
        view.addObject("shown", contacts.shownAs(contact.id()).orElse(contact));
        var moves = splitting.of(contact.id()).stream()
                .filter(Splitting.MoveRecord::makes)
                .toList();
        view.addObject(
                "splits", moves.stream().filter(Splitting.MoveRecord::stands).toList());
        var made = moves.stream().filter(move -> move.to() == contact.id()).findFirst();
        view.addObject("mergedFrom", mergedFrom(contact, moves));
        view.addObject("splitFrom", made.filter(Splitting.MoveRecord::stands).orElse(null));
        view.addObject("putBack", made.filter(move -> !move.stands()).orElse(null));
        view.addObject("organisations", sight.readable(organisations.of(contact.id())));
        view.addObject("people", sight.readable(organisations.people(contact.id())));
        var entries = lists.ofContact(contact.id());
        view.addObject("entries", entries);
        view.addObject(
                "listedIn",
                entries.stream().filter(entry -> entry.goneOn() == null).toList());
        view.addObject(
                "firstFrom", Channel.of(contact.source()).map(texts::label).orElse(contact.source()));
        view.addObject("claims", knownBy.claims(contact, reader));
        view.addObject(
                "reviews",
                reviews.ofContact(contact.id()).stream().filter(sight::mayRead).toList());
        addPairs(view, contact);
        view.addObject("failed", panel.failedAddresses(contact.id()));
        var names = panel.names(contact.id(), reader);
        view.addObject("names", names);
        boolean several = contact.seemsOfSeveral(names);
        var known = knownBy.identifiers(contact, several, reader);
        view.addObject("identifiers", known);
        view.addObject("several", several && !contact.sharedMailbox());
        view.addObject(
                "saysWriters",
                contact.sharedMailbox()
                        || several
                        || contact.kind() == Contact.Kind.PERSON
                                && known.stream().anyMatch(KnownBy.Known::isEmail));
        view.addObject("timeline", timeline.page(contact.id(), number, reader));
        view.addObject("pageNumber", number);
        view.addObject("left", UkTime.daysTo(contact.keptUntil(), RetentionRule.day(clock.instant())));
        view.addObject("countedFrom", RetentionRule.day(contact.rule().countedFrom(contact.lastContact())));
        return view;
    }

    /** Pairs with others that may be known of. */
    private void addPairs(ModelAndView view, Contact contact) {
        var pairs = matches.ofContact(contact.id());
        var others = contacts.byIds(pairs.stream()
                .flatMap(match -> Stream.of(match.oneNow(), match.otherNow()))
                .collect(Collectors.toSet()));
        others.keySet().removeAll(sight.hidden(others.keySet()));
        view.addObject("others", others);
        view.addObject(
                "matches",
                pairs.stream()
                        .filter(match -> others.keySet().containsAll(List.of(match.oneNow(), match.otherNow())))
                        .toList());
    }

    /** Those that are shown here because of it: not what the contact itself is merged into, nor what was split off and put back, of which nothing is left. */
    private List<Merging.MergeRecord> mergedFrom(Contact contact, List<Splitting.MoveRecord> moves) {
        return merging.of(contact.id()).stream()
                .filter(Merging.MergeRecord::stands)
                .filter(merge -> contact.mergedInto() == null || merge.survivor() == contact.id())
                .filter(merge -> moves.stream().noneMatch(move -> !move.stands() && move.to() == merge.merged()))
                .toList();
    }

    private static ModelAndView erased() {
        var view = new ModelAndView("contacts/erased");
        view.setStatus(HttpStatus.GONE);
        return view;
    }

    private static boolean mayReview(Set<Role> roles) {
        return roles.contains(Role.OFFICER)
                || roles.contains(Role.REVIEWER)
                || roles.contains(Role.DATA_PROTECTION_OFFICER);
    }
}
