package org.postbag.search.web;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postbag.audit.Action;
import org.postbag.audit.AuditEvent;
import org.postbag.audit.AuditTrail;
import org.postbag.audit.Subject;
import org.postbag.contacts.Claims;
import org.postbag.contacts.ContactPanel;
import org.postbag.contacts.Contacts;
import org.postbag.contacts.PublicLists;
import org.postbag.enquiries.Enquiries;
import org.postbag.enquiries.Enquiry;
import org.postbag.enquiries.RecordedByHand;
import org.postbag.enquiries.Sight;
import org.postbag.enquiries.location.Locations;
import org.postbag.receiving.Reference;
import org.postbag.retention.RetentionRule;
import org.postbag.search.Search;
import org.postbag.search.SearchUnavailable;
import org.postbag.search.web.RecordAnswers.ContactAnswer;
import org.postbag.search.web.RecordAnswers.EnquiryAnswer;
import org.postbag.staff.AllowedTo;
import org.postbag.staff.CurrentStaff;
import org.postbag.staff.Role;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The record for programs: search, an enquiry, a contact. Each look is recorded. What is erased or past its date is not there. */
@RestController
@AllowedTo({Role.READER, Role.OFFICER, Role.REVIEWER, Role.DATA_PROTECTION_OFFICER})
class RecordApi {

    private static final int BODY_BYTES_MAX = 256 * 1024;
    private static final int LINES_MAX = 200;
    private static final String RETRY_SECONDS = "10";

    private final Search search;
    private final Enquiries enquiries;
    private final Contacts contacts;
    private final Claims claims;
    private final RecordedByHand recorded;
    private final Locations locations;
    private final PublicLists lists;
    private final ContactPanel panel;
    private final Sight sight;
    private final AuditTrail trail;
    private final CurrentStaff staff;
    private final JsonMapper json;
    private final Clock clock;

    RecordApi(
            Search search,
            Enquiries enquiries,
            Contacts contacts,
            Claims claims,
            RecordedByHand recorded,
            Locations locations,
            PublicLists lists,
            ContactPanel panel,
            Sight sight,
            AuditTrail trail,
            CurrentStaff staff,
            JsonMapper json,
            Clock clock) {
        this.search = search;
        this.enquiries = enquiries;
        this.contacts = contacts;
        this.claims = claims;
        this.recorded = recorded;
        this.locations = locations;
        this.lists = lists;
        this.panel = panel;
        this.sight = sight;
        this.trail = trail;
        this.staff = staff;
        this.json = json;
        this.clock = clock;
    }

    @PostMapping(path = "/api/enquiries/search", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<?> search(InputStream body) throws IOException {
        var bytes = body.readNBytes(BODY_BYTES_MAX + 1);
        if (bytes.length > BODY_BYTES_MAX) {
            return problem(HttpStatus.CONTENT_TOO_LARGE, "The body may be " + BODY_BYTES_MAX + " bytes");
        }
        SearchBody.Read read;
        try {
            read = SearchBody.read(json.readTree(bytes));
        } catch (JacksonException notJson) {
            return problem(HttpStatus.BAD_REQUEST, "The body is not JSON");
        }
        return switch (read) {
            case SearchBody.NotUnderstood(List<SearchBody.Wrong> wrong) -> {
                var problem = detail(HttpStatus.BAD_REQUEST, "Some of the body is not understood");
                problem.setProperty("errors", wrong);
                yield answer(problem);
            }
            case SearchBody.Asked(var query) -> {
                var member = staff.member();
                var id = search.ask(query, member);
                yield ResponseEntity.of(search.page(id, query.after(), member).map(SearchAnswer::of));
            }
        };
    }

    /** @param id tells which, where two enquiries share a reference (ADR 1) */
    @GetMapping("/api/enquiries/{reference}")
    ResponseEntity<?> enquiry(@PathVariable String reference, @RequestParam @Nullable Long id) {
        var parsed = Reference.parse(reference);
        if (parsed.isEmpty()) {
            return problem(HttpStatus.NOT_FOUND, "That is not a reference: its last character does not fit the others");
        }
        var found = enquiries.byReference(parsed.get()).stream()
                .filter(e -> !e.keptUntil().isBefore(today()))
                .filter(e -> id == null || e.id() == id)
                .toList();
        return switch (found.size()) {
            case 0 -> problem(HttpStatus.NOT_FOUND, "There is no enquiry with this reference");
            case 1 -> enquiry(found.getFirst());
            default -> shared(found);
        };
    }

    private ResponseEntity<?> enquiry(Enquiry enquiry) {
        var contact = contacts.shownAs(enquiry.contactId()).filter(c -> c.erasedAt() == null);
        if (contact.isEmpty()) {
            return problem(HttpStatus.NOT_FOUND, "There is no enquiry with this reference");
        }
        long id = enquiry.id();
        if (!sight.mayRead(id, staff.member())) {
            return problem(HttpStatus.FORBIDDEN, "This enquiry is sensitive: only people who are named may read it");
        }
        looked(Subject.enquiry(id));
        return ResponseEntity.ok(EnquiryAnswer.of(
                enquiry,
                enquiries.files(id),
                claims.ofEnquiry(id),
                recorded.of(List.of(id)).get(id),
                locations.of(id),
                contact.get()));
    }

    private ResponseEntity<?> shared(List<Enquiry> found) {
        var hidden = sight.hidden(found.stream().map(Enquiry::id).toList(), staff.member());
        var problem = detail(
                HttpStatus.CONFLICT, "Several enquiries share this reference; ask again with ?id= and one of these");
        problem.setProperty(
                "enquiries",
                found.stream()
                        .map(e -> hidden.contains(e.id())
                                ? Map.of("id", e.id(), "sensitive", true)
                                : Map.of("id", e.id(), "channel", e.channel().code(), "receivedAt", e.receivedAt()))
                        .toList());
        return answer(problem);
    }

    @GetMapping("/api/contacts/{id}")
    ResponseEntity<?> contact(@PathVariable long id) {
        var contact = contacts.byId(id).filter(c -> !c.keptUntil().isBefore(today()));
        if (contact.isEmpty()) {
            return problem(HttpStatus.NOT_FOUND, "There is no such contact");
        }
        var member = staff.member();
        if (!panel.hiddenContacts(List.of(id), member).isEmpty()) {
            return problem(
                    HttpStatus.FORBIDDEN,
                    "This contact is known only from sensitive enquiries: only people who are named may read them");
        }
        looked(Subject.contact(id));
        boolean several = contact.get().seemsOfSeveral(panel.names(id, member));
        return ResponseEntity.ok(ContactAnswer.of(
                contact.get(),
                contacts.identifiers(id, member).stream()
                        .map(use -> several ? use.ofSeveral() : use)
                        .toList(),
                lists.addressesOf(id),
                lists.ofContact(id),
                panel.count(id),
                panel.timeline(id, 0, LINES_MAX, member)));
    }

    @org.springframework.web.bind.annotation.ExceptionHandler
    ResponseEntity<ProblemDetail> unavailable(SearchUnavailable away) {
        return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
                .header("Retry-After", RETRY_SECONDS)
                .body(detail(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "The search index does not answer; nothing is lost. Try again"));
    }

    private void looked(Subject subject) {
        trail.record(new AuditEvent(staff.member().actor(), Action.LOOKED, subject, "by the API"));
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), RetentionRule.ZONE);
    }

    private static ResponseEntity<ProblemDetail> problem(HttpStatus status, String text) {
        return answer(detail(status, text));
    }

    private static ProblemDetail detail(HttpStatus status, String text) {
        return ProblemDetail.forStatusAndDetail(status, text);
    }

    private static ResponseEntity<ProblemDetail> answer(ProblemDetail problem) {
        return ResponseEntity.status(problem.getStatus()).body(problem);
    }
}
