package org.postbag.enquiries.web;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postbag.audit.Action;
import org.postbag.audit.AuditEvent;
import org.postbag.audit.AuditTrail;
import org.postbag.audit.Subject;
import org.postbag.contacts.Claims;
import org.postbag.contacts.Claims.Decided;
import org.postbag.contacts.Contacts;
import org.postbag.enquiries.Acknowledgements;
import org.postbag.enquiries.Enquiries;
import org.postbag.enquiries.Enquiry;
import org.postbag.enquiries.RecordedByHand;
import org.postbag.enquiries.Related;
import org.postbag.enquiries.location.Locations;
import org.postbag.receiving.Direction;
import org.postbag.receiving.ReceiptId;
import org.postbag.retention.RetentionRule;
import org.postbag.staff.AbusiveWords;
import org.postbag.staff.AllowedTo;
import org.postbag.staff.CurrentStaff;
import org.postbag.staff.Notice;
import org.postbag.staff.Role;
import org.postbag.staff.StaffTexts;
import org.postbag.staff.UkTime;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** An enquiry with its thread, what is claimed in it, until when it is kept, and who saw or changed it. Each look is recorded. */
@Controller
class EnquiryPage {

    private static final int MESSAGES_SHOWN_MAX = 50;
    private static final int HISTORY_SHOWN_MAX = 50;
    private static final int RELATED_SHOWN_MAX = 6;
    private static final int FILES_OPEN_MAX = 10;
    private static final int SAME_WORDS_MIN = 6;
    private static final int SAME_WORDS_MAX = 14;
    private static final int TEXT_SHOWN_LENGTH_MAX = 100_000;

    private final Enquiries enquiries;
    private final Contacts contacts;
    private final Claims claims;
    private final RecordedByHand recorded;
    private final Acknowledgements acknowledgements;
    private final Locations locations;
    private final WorkView work;
    private final Related related;
    private final AuditTrail trail;
    private final CurrentStaff staff;
    private final StaffTexts texts;
    private final Clock clock;

    EnquiryPage(
            Enquiries enquiries,
            Contacts contacts,
            Claims claims,
            RecordedByHand recorded,
            Acknowledgements acknowledgements,
            Locations locations,
            WorkView work,
            Related related,
            AuditTrail trail,
            CurrentStaff staff,
            StaffTexts texts,
            Clock clock) {
        this.enquiries = enquiries;
        this.contacts = contacts;
        this.claims = claims;
        this.recorded = recorded;
        this.acknowledgements = acknowledgements;
        this.locations = locations;
        this.work = work;
        this.related = related;
        this.trail = trail;
        this.staff = staff;
        this.texts = texts;
        this.clock = clock;
    }

    /**
     * A message of the thread.
     *
     * @param shown whether it is the enquiry whose page this is
     * @param cut whether its text goes on beyond what the page shows
     * @param files under the names that they are saved under
     * @param abusive whether people are to be warned before they read it
     * @param recorded who recorded it by hand and what they answered, or null
     * @param acknowledged what became of its acknowledgement by mail, or null where it has none
     */
    record Shown(
            Enquiry enquiry,
            boolean shown,
            List<Passage> passages,
            boolean cut,
            boolean abusive,
            List<Enquiry.File> files,
            RecordedByHand.@Nullable Shown recorded,
            Acknowledgements.@Nullable Shown acknowledged) {

        /** The files that stand open; the others are folded, so that a mail with hundreds does not hide the rest of the page. */
        public List<Enquiry.File> firstFiles() {
            return files.subList(0, Math.min(files.size(), FILES_OPEN_MAX));
        }

        public List<Enquiry.File> otherFiles() {
            return files.subList(Math.min(files.size(), FILES_OPEN_MAX), files.size());
        }

        /** How many of its files can be looked at. */
        public long shownFiles() {
            return files.stream().filter(Enquiry.File::isShown).count();
        }

        /** Its subject where that says more than the beginning of its text, from which media without subjects take one. */
        public @Nullable String ownSubject() {
            var subject = enquiry.subject();
            if (subject == null) {
                return null;
            }
            var words = subject.endsWith("…") ? subject.substring(0, subject.length() - 1) : subject;
            return enquiry.text().stripLeading().startsWith(words.strip()) ? null : subject;
        }
    }

    /** Its address may say from which results or queue somebody comes: see {@link CameFrom}. */
    @GetMapping("/enquiries/{id:[0-9]+}")
    @AllowedTo({Role.READER, Role.OFFICER, Role.REVIEWER, Role.DATA_PROTECTION_OFFICER})
    ModelAndView show(@PathVariable long id, HttpServletRequest request) {
        var found = enquiries.byId(id);
        if (found.isEmpty()) {
            return missing();
        }
        var enquiry = found.get();
        var thread = thread(enquiry);
        var member = staff.member();
        trail.record(thread.stream()
                .map(message -> new AuditEvent(member.actor(), Action.LOOKED, Subject.enquiry(message.id())))
                .toList());
        var page = new ModelAndView("enquiries/enquiry");
        page.addObject("enquiry", enquiry);
        page.addObject("contact", contacts.shownAs(enquiry.contactId()).orElseThrow());
        page.addObject("messages", messages(enquiry, thread));
        page.addObject("threadCut", thread.size() >= MESSAGES_SHOWN_MAX);
        page.addObject("location", locations.of(id));
        page.addObject("claims", claims.ofEnquiry(id));
        page.addObject("series", others(enquiry));
        page.addObject("related", related.of(enquiry, member, RELATED_SHOWN_MAX));
        page.addObject("sameWords", sameWords(enquiry.reply()));
        page.addObject("left", UkTime.daysTo(enquiry.keptUntil(), RetentionRule.day(clock.instant())));
        page.addObject("history", trail.history(Subject.enquiry(id), HISTORY_SHOWN_MAX));
        page.addObject("mayChange", member.has(Role.OFFICER) || member.has(Role.REVIEWER));
        work.add(page, enquiry, member, CameFrom.of(request, id));
        return page;
    }

    /** Where a contact's identifier came from: the receipt is known there, the enquiry is not. */
    @GetMapping("/enquiries/of-receipt/{id}")
    @AllowedTo({Role.READER, Role.OFFICER, Role.REVIEWER, Role.DATA_PROTECTION_OFFICER})
    ModelAndView ofReceipt(@PathVariable ReceiptId id) {
        return enquiries.byReference(id.reference()).stream()
                .filter(enquiry -> enquiry.receiptId().equals(id))
                .findFirst()
                .map(enquiry -> new ModelAndView("redirect:/enquiries/" + enquiry.id()))
                .orElseGet(EnquiryPage::missing);
    }

    @PostMapping("/enquiries/{id:[0-9]+}/claims/{claimId:[0-9]+}/{decision:confirm|dismiss|reopen}")
    @AllowedTo({Role.OFFICER, Role.REVIEWER})
    ModelAndView decide(
            @PathVariable long id,
            @PathVariable long claimId,
            @PathVariable String decision,
            RedirectAttributes redirect) {
        if (claims.byId(claimId).filter(claim -> claim.enquiryId() == id).isEmpty()) {
            return missing();
        }
        var actor = staff.member().actor();
        var decided = switch (decision) {
            case "confirm" -> claims.confirm(claimId, actor);
            case "dismiss" -> claims.dismiss(claimId, actor);
            default -> claims.reopen(claimId, actor);
        };
        redirect.addFlashAttribute(Notice.ATTRIBUTE, notice(id, claimId, decision, decided));
        return new ModelAndView("redirect:/enquiries/" + id);
    }

    private Notice notice(long id, long claimId, String decision, Decided decided) {
        return switch (decided) {
            case NOTHING_TO_DO -> Notice.refusal(texts.say("enquiry.claim.decided"));
            case USED_BY_ANOTHER -> Notice.refusal(texts.say("enquiry.claim.used"));
            case DONE ->
                switch (decision) {
                    case "confirm" -> new Notice(texts.say("enquiry.claim.is-confirmed"), undo(id, claimId));
                    case "dismiss" -> new Notice(texts.say("enquiry.claim.is-dismissed"), undo(id, claimId));
                    default -> new Notice(texts.say("enquiry.claim.is-open"));
                };
        };
    }

    private static String undo(long id, long claimId) {
        return "/enquiries/" + id + "/claims/" + claimId + "/reopen";
    }

    /** The beginning of the thread, and the enquiry itself in any case. */
    private List<Enquiry> thread(Enquiry enquiry) {
        var thread = enquiries.thread(enquiry.threadId(), MESSAGES_SHOWN_MAX);
        if (thread.stream().anyMatch(message -> message.id() == enquiry.id())) {
            return thread;
        }
        return Stream.concat(thread.stream().limit(MESSAGES_SHOWN_MAX - 1), Stream.of(enquiry))
                .toList();
    }

    private List<Shown> messages(Enquiry enquiry, List<Enquiry> thread) {
        var ids = thread.stream().map(Enquiry::id).toList();
        var files = enquiries.filesOf(ids);
        var byHand = recorded.of(ids);
        var acknowledged = acknowledgements.of(ids);
        var messages = new ArrayList<Shown>();
        for (var message : thread) {
            // What was answered stands apart from what was asked, though both are in the text, to be found.
            var note = byHand.get(message.id());
            var text = note == null ? message.text() : message.reply();
            boolean cut = text.length() > TEXT_SHOWN_LENGTH_MAX;
            messages.add(new Shown(
                    message,
                    message.id() == enquiry.id(),
                    Passage.of(beginning(text), beginning(message.reply())),
                    cut,
                    message.direction() == Direction.INBOUND && AbusiveWords.in(text),
                    files.getOrDefault(message.id(), List.of()).stream()
                            .map(EnquiryPage::named)
                            .toList(),
                    note,
                    acknowledged.get(message.id())));
        }
        return messages;
    }

    static Enquiry.File named(Enquiry.File file) {
        return new Enquiry.File(
                file.position(), DownloadName.clean(file.name()), file.type(), file.size(), file.textState());
    }

    private static String beginning(String text) {
        return text.length() <= TEXT_SHOWN_LENGTH_MAX ? text : text.substring(0, TEXT_SHOWN_LENGTH_MAX);
    }

    /** What finds others that say the same, such as letters of a campaign: how it begins, as one phrase. Null where it is too short to tell. */
    private static @Nullable String sameWords(String reply) {
        var words = Arrays.stream(beginning(reply).split("[^\\p{L}\\p{N}'\u2019]+", SAME_WORDS_MAX + 2))
                .filter(word -> !word.isEmpty())
                .limit(SAME_WORDS_MAX)
                .toList();
        return words.size() < SAME_WORDS_MIN ? null : "\"" + String.join(" ", words) + "\"";
    }

    /** Corrections of this enquiry, or what it corrects: the others of its series. */
    private List<Enquiry> others(Enquiry enquiry) {
        return Optional.ofNullable(enquiry.series()).map(enquiries::series).orElse(List.of()).stream()
                .filter(other -> other.id() != enquiry.id())
                .toList();
    }

    static ModelAndView missing() {
        var page = new ModelAndView("enquiries/missing");
        page.setStatus(HttpStatus.NOT_FOUND);
        return page;
    }
}
