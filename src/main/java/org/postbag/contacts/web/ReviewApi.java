package org.postbag.contacts.web;

import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postbag.audit.Action;
import org.postbag.audit.AuditEvent;
import org.postbag.audit.AuditTrail;
import org.postbag.audit.Subject;
import org.postbag.contacts.Matches;
import org.postbag.contacts.Matches.Decision;
import org.postbag.contacts.Matches.Outcome;
import org.postbag.contacts.Matches.Verdict;
import org.postbag.staff.AllowedTo;
import org.postbag.staff.ApiProblem;
import org.postbag.staff.CurrentStaff;
import org.postbag.staff.Role;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The queue of pairs for programs: JSON, with errors as problem details (RFC 9457). It says what was compared, not what is known of whom. */
@RestController
@RequestMapping("/api/review")
class ReviewApi {

    private final Matches matches;
    private final PairViews views;
    private final ContactSight sight;
    private final AuditTrail trail;
    private final CurrentStaff staff;

    ReviewApi(Matches matches, PairViews views, ContactSight sight, AuditTrail trail, CurrentStaff staff) {
        this.matches = matches;
        this.views = views;
        this.sight = sight;
        this.trail = trail;
        this.staff = staff;
    }

    /** @param next the offset of the next page, or null where this is the last */
    record Page(int total, List<Pair> pairs, @Nullable Integer next) {}

    /**
     * @param one names the pair, with {@code other}
     * @param contacts the two contacts as they are by now
     * @param decision what the model said: {@code same} or {@code review}
     */
    record Pair(
            long one,
            long other,
            List<Long> contacts,
            double probability,
            String decision,
            List<String> compared,
            Instant foundAt) {

        static Pair of(PairViews.Line line) {
            var match = line.match();
            return new Pair(
                    match.one(),
                    match.other(),
                    List.of(match.oneNow(), match.otherNow()),
                    MatchWords.probability(match.logOdds()),
                    match.sure() ? "same" : "review",
                    line.words(),
                    match.foundAt());
        }
    }

    /** @param seen what had been said when it was looked at: {@code not-sure}, or null for nothing */
    record Asked(
            @Nullable String verdict,
            @Nullable String seen,
            @Nullable Long survivor) {}

    /** @param contact the contact that goes on where they were merged, else null */
    record Said(
            long one, long other, String verdict, @Nullable Long contact) {}

    @GetMapping
    @AllowedTo({Role.OFFICER, Role.REVIEWER, Role.DATA_PROTECTION_OFFICER})
    Page list(@RequestParam(defaultValue = "0") int offset, @RequestParam(defaultValue = "50") int size) {
        ApiProblem.checkPage(offset, size);
        var open = ReviewPage.pairs(matches.queue());
        var lines = views.lines(open.stream().skip(offset).limit(size).toList());
        var looked = new TreeSet<Long>();
        lines.stream()
                .flatMap(line -> Stream.of(line.one().id(), line.other().id()))
                .forEach(looked::add);
        trail.record(looked.stream()
                .map(id -> new AuditEvent(staff.member().actor(), Action.LOOKED, Subject.contact(id), "in review"))
                .toList());
        int next = offset + size;
        return new Page(open.size(), lines.stream().map(Pair::of).toList(), next < open.size() ? next : null);
    }

    @PostMapping(
            path = "/{one}/{other}",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    @AllowedTo(Role.REVIEWER)
    Said decide(@PathVariable long one, @PathVariable long other, @RequestBody Asked asked) {
        var verdict = Verdict.of(asked.verdict())
                .orElseThrow(() ->
                        new ApiProblem(HttpStatus.BAD_REQUEST, "No verdict", "verdict is same, not-same or not-sure"));
        if (!sight.mayReadAsShown(List.of(one, other))) {
            throw new ApiProblem(
                    HttpStatus.FORBIDDEN, "Sensitive", "One of the two is known only from sensitive enquiries");
        }
        var decision =
                new Decision(one, other, verdict, Verdict.of(asked.seen()).orElse(null), asked.survivor());
        return switch (matches.decide(decision, staff.member().actor())) {
            case Outcome.Done(var contact) -> new Said(one, other, verdict.code(), contact);
            case Outcome.SaidAlready(var said) ->
                throw new ApiProblem(
                        HttpStatus.CONFLICT,
                        "Decided already",
                        "Someone said " + said.verdict().code() + " at " + said.at());
            case Outcome.NothingToDo _ ->
                throw new ApiProblem(HttpStatus.CONFLICT, "One contact already", "The two are one contact already");
            case Outcome.Refused(var because) -> throw new ApiProblem(HttpStatus.CONFLICT, "Refused", because);
            case Outcome.Gone _ ->
                throw new ApiProblem(
                        HttpStatus.NOT_FOUND, "No such pair", "There is no such pair, or one of both was erased");
        };
    }
}
