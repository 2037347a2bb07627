package org.postbag.contacts.web;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postbag.audit.Action;
import org.postbag.audit.AuditEvent;
import org.postbag.audit.AuditTrail;
import org.postbag.audit.Subject;
import org.postbag.contacts.Claims;
import org.postbag.contacts.Contact;
import org.postbag.contacts.ContactPanel;
import org.postbag.contacts.Contacts;
import org.postbag.contacts.IdentifierKind;
import org.postbag.contacts.IdentifierUse;
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
import org.postbag.staff.UkTime;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
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
    private static final int CLAIMS_SHOWN_MAX = 20;
    private static final int HISTORY_SHOWN_MAX = 50;

    private final Contacts contacts;
    private final Claims claims;
    private final Reviews reviews;
    private final Matches matches;
    private final PublicLists lists;
    private final ContactPanel panel;
    private final ContactTimeline timeline;
    private final Merging merging;
    private final Splitting splitting;
    private final Organisations organisations;
    private final AuditTrail trail;
    private final CurrentStaff staff;
    private final JdbcClient jdbc;
    private final Clock clock;

    ContactRecordPage(
            Contacts contacts,
            Claims claims,
            Reviews reviews,
            Matches matches,
            PublicLists lists,
            ContactPanel panel,
            ContactTimeline timeline,
            Merging merging,
            Splitting splitting,
            Organisations organisations,
            AuditTrail trail,
            CurrentStaff staff,
            JdbcClient jdbc,
            Clock clock) {
        this.contacts = contacts;
        this.claims = claims;
        this.reviews = reviews;
        this.matches = matches;
        this.lists = lists;
        this.panel = panel;
        this.timeline = timeline;
        this.merging = merging;
        this.splitting = splitting;
        this.organisations = organisations;
        this.trail = trail;
        this.staff = staff;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * An identifier and where it came from.
     *
     * @param origin the page of the item that it came with, or null
     * @param originWords what to call that
     * @param given what public lists say of it, or null
     * @param several whether the names of what came tell that several people write
     */
    record Known(
            IdentifierUse use,
            @Nullable String origin,
            String originWords,
            PublicLists.@Nullable Given given,
            boolean several) {

        public boolean isEmail() {
            return use.identifier().kind() == IdentifierKind.EMAIL && use.state() != IdentifierUse.State.RETIRED;
        }

        /** Who uses it, within a sentence. */
        public String stateWords() {
            return several && isEmail() && use.state() == IdentifierUse.State.SOLE
                    ? "used by several people, it seems"
                    : use.state().label().toLowerCase(Locale.ROOT);
        }

        /** Whether staff could see to it that it is theirs. */
        public boolean isToVerify() {
            return use.verified() == null && use.state() != IdentifierUse.State.RETIRED;
        }

        public boolean isVerifiedByHand() {
            var verified = use.verified();
            return verified != null && verified.at() != null;
        }

        /** How it is known to be theirs. */
        public String verifiedWords() {
            var verified = use.verified();
            if (verified == null) {
                return "";
            }
            if (verified.at() == null) {
                return "verified by the platform";
            }
            return verified.by().startsWith("receipt:")
                    ? "verified: they answered mail that we sent there"
                    : "verified by staff";
        }

        /** Whether lists alone know it. */
        public boolean isListed() {
            return given != null && given.source().equals(originWords);
        }
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
        view.addObject("organisations", organisations.of(contact.id()));
        view.addObject("people", organisations.people(contact.id()));
        var entries = lists.ofContact(contact.id());
        view.addObject("entries", entries);
        view.addObject(
                "listedIn",
                entries.stream().filter(entry -> entry.goneOn() == null).toList());
        view.addObject(
                "firstFrom", Channel.of(contact.source()).map(Channel::label).orElse(contact.source()));
        view.addObject("claims", openClaims(contact));
        view.addObject("reviews", reviews.ofContact(contact.id()));
        var pairs = matches.ofContact(contact.id());
        view.addObject("matches", pairs);
        view.addObject(
                "others",
                contacts.byIds(pairs.stream()
                        .flatMap(match -> Stream.of(match.oneNow(), match.otherNow()))
                        .collect(Collectors.toSet())));
        view.addObject("failed", panel.failedAddresses(contact.id()));
        var names = panel.names(contact.id());
        view.addObject("names", names);
        boolean several = contact.seemsOfSeveral(names);
        var known = known(contact, several);
        view.addObject("identifiers", known);
        view.addObject("several", several && !contact.sharedMailbox());
        view.addObject(
                "saysWriters",
                contact.sharedMailbox()
                        || several
                        || contact.kind() == Contact.Kind.PERSON
                                && known.stream().anyMatch(Known::isEmail));
        view.addObject("timeline", timeline.page(contact.id(), number, staff.member()));
        view.addObject("pageNumber", number);
        view.addObject("left", UkTime.daysTo(contact.keptUntil(), RetentionRule.day(clock.instant())));
        view.addObject("countedFrom", RetentionRule.day(contact.rule().countedFrom(contact.lastContact())));
        return view;
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

    private List<Known> known(Contact contact, boolean several) {
        var known = new ArrayList<Known>();
        var given = lists.addressesOf(contact.id());
        for (var use : contacts.identifiers(contact.id())) {
            var source = use.source();
            var listed = given.get(use.identifierId());
            if (source.startsWith("receipt:")) {
                known.add(new Known(
                        use,
                        "/enquiries/of-receipt/" + source.substring("receipt:".length()),
                        "the item it came with",
                        listed,
                        several));
            } else if (source.startsWith("claim:")) {
                var enquiry = claims.byId(Long.parseLong(source.substring("claim:".length())))
                        .map(claim -> "/enquiries/" + claim.enquiryId());
                known.add(new Known(use, enquiry.orElse(null), "a claim that staff confirmed", listed, several));
            } else {
                known.add(new Known(use, null, source, listed, several));
            }
        }
        return known;
    }

    /** @param shown in one way of writing */
    record Said(String shown, Claims.Claimed claim) {}

    /** What the contact's enquiries claim and nobody has decided, each thing once however it is written, by the last enquiry that says it. */
    private Collection<Said> openClaims(Contact contact) {
        var said = new LinkedHashMap<String, Said>();
        lastClaims(contact).forEach(claim -> {
            var value = ClaimedValue.of(claim.kind(), claim.value());
            said.putIfAbsent(claim.kind() + " " + value.key(), new Said(value.shown(), claim));
        });
        return said.values();
    }

    private List<Claims.Claimed> lastClaims(Contact contact) {
        return jdbc
                .sql("""
                        select max(id) from claim
                        where contact_id in (select id from family_of(?)) and state = 'claimed'
                        group by kind, value
                        order by 1 desc
                        limit ?
                        """)
                .params(contact.id(), CLAIMS_SHOWN_MAX)
                .query((row, number) -> row.getLong(1))
                .list()
                .stream()
                .map(claims::byId)
                .flatMap(Optional::stream)
                .toList();
    }

    private static boolean mayReview(Set<Role> roles) {
        return roles.contains(Role.OFFICER)
                || roles.contains(Role.REVIEWER)
                || roles.contains(Role.DATA_PROTECTION_OFFICER);
    }
}
