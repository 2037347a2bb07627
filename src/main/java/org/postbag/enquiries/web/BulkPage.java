package org.postbag.enquiries.web;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postbag.enquiries.AnswerWay;
import org.postbag.enquiries.Change;
import org.postbag.enquiries.Labelled;
import org.postbag.enquiries.NotEnquiry;
import org.postbag.enquiries.Queues.Kind;
import org.postbag.enquiries.Queues.Queue;
import org.postbag.enquiries.WorkStatus;
import org.postbag.enquiries.Working;
import org.postbag.enquiries.Working.Many;
import org.postbag.retention.LastContact;
import org.postbag.retention.RuleTable;
import org.postbag.staff.AllowedTo;
import org.postbag.staff.CurrentStaff;
import org.postbag.staff.Notice;
import org.postbag.staff.PageError;
import org.postbag.staff.Role;
import org.postbag.staff.StaffTexts;
import org.postbag.staff.UkTime;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Changes what was ticked in a queue: first a page that says what would happen, with counts; then it is done, and can be undone as one. */
@Controller
@AllowedTo({Role.OFFICER, Role.REVIEWER})
class BulkPage {

    private static final String NOBODY = "nobody";

    private final Working working;
    private final RuleTable rules;
    private final CurrentStaff staff;
    private final StaffTexts texts;
    private final WorkView view;
    private final Clock clock;

    BulkPage(Working working, RuleTable rules, CurrentStaff staff, StaffTexts texts, WorkView view, Clock clock) {
        this.working = working;
        this.rules = rules;
        this.staff = staff;
        this.texts = texts;
        this.view = view;
        this.clock = clock;
    }

    /**
     * Where the enquiries were chosen, and where whoever changed them goes back to.
     *
     * @param queue in which they were ticked, and {@code kind} of which kind
     * @param enquiry its id, where it was chosen on its own page
     */
    record Chosen(
            @Nullable String queue,
            @Nullable String kind,
            @Nullable String enquiry) {

        /** Also where the enquiry's id or the queue is none, which no page of ours sends. */
        public String path() {
            if (isOne()) {
                return "/enquiries/" + enquiry;
            }
            return Labelled.of(Queue.class, queue == null ? "" : queue)
                    .map(of -> QueuePage.path(
                            of,
                            Labelled.of(Kind.class, kind == null ? "" : kind).orElse(Kind.EVERYTHING)))
                    .orElse(QueuePage.PATH);
        }

        public boolean isOne() {
            return enquiry != null && enquiry.matches("[0-9]{1,18}");
        }

        private String undo(long changeId) {
            if (isOne()) {
                return path() + "/work/" + changeId + "/undo";
            }
            int query = path().indexOf('?');
            return "/queues/changes/" + changeId + "/undo" + (query < 0 ? "" : path().substring(query));
        }
    }

    /** @param act what to do; @param e ids of what was ticked */
    @PostMapping("/queues/check")
    ModelAndView check(
            @RequestParam(defaultValue = "") String act,
            @RequestParam(defaultValue = "") List<Long> e,
            Chosen chosen,
            RedirectAttributes redirect) {
        var action = Labelled.of(BulkAction.class, act);
        if (action.isEmpty() || e.isEmpty() || e.size() > Working.AT_ONCE_MAX) {
            redirect.addFlashAttribute(
                    Notice.ATTRIBUTE,
                    Notice.refusal(
                            e.size() > Working.AT_ONCE_MAX
                                    ? texts.say("bulk.too-many", Working.AT_ONCE_MAX)
                                    : texts.say("bulk.none-ticked")));
            return new ModelAndView("redirect:" + chosen.path());
        }
        return page(action.get(), e, chosen, "", null);
    }

    private ModelAndView page(BulkAction action, List<Long> ids, Chosen chosen, String typed, @Nullable String error) {
        var member = staff.member();
        var me = working.member(member);
        var page = new ModelAndView("enquiries/bulk");
        page.addObject("action", action);
        page.addObject(
                "heading", texts.say((ids.size() == 1 ? "bulk.heading-of-one." : "bulk.heading.") + action.code()));
        page.addObject("ids", ids);
        page.addObject("chosen", chosen);
        page.addObject("members", working.members());
        page.addObject("me", me.map(one -> one.id()).orElse(null));
        page.addObject("typed", typed);
        page.addObject("topicLengthMax", Change.TOPIC_LENGTH_MAX);
        var none = rules.current().ofNoEnquiry();
        page.addObject("none", none);
        page.addObject(
                "noneUntil", UkTime.date(none.keptUntil(new LastContact(clock.instant(), null, clock.instant()))));
        page.addObject("would", working.wouldChange(ids, likely(action), member));
        if (error != null) {
            page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
            page.addObject("errors", List.of(new PageError("value", error)));
        }
        return page;
    }

    /** What is counted before anything is chosen. */
    private Change likely(BulkAction action) {
        return switch (action) {
            case ASSIGN -> new Change.Assigned(working.member(staff.member()).orElse(null));
            case TOPIC -> new Change.About("");
            case CLOSE -> new Change.ToStatus(WorkStatus.CLOSED);
            case NOT_AN_ENQUIRY -> new Change.NotAnEnquiry(NotEnquiry.SPAM);
        };
    }

    @PostMapping("/queues/change")
    ModelAndView change(
            @RequestParam(defaultValue = "") String act,
            @RequestParam(defaultValue = "") List<Long> e,
            @RequestParam(defaultValue = "") String value,
            Chosen chosen,
            RedirectAttributes redirect) {
        var action = Labelled.of(BulkAction.class, act);
        if (action.isEmpty() || e.isEmpty() || e.size() > Working.AT_ONCE_MAX) {
            return check(act, e, chosen, redirect);
        }
        var change = change(action.get(), value.strip());
        if (change.isEmpty()) {
            return page(
                    action.get(),
                    e,
                    chosen,
                    value,
                    texts.say("bulk.wrong." + action.get().code(), Change.TOPIC_LENGTH_MAX));
        }
        var done = working.change(e, change.get(), staff.member());
        redirect.addFlashAttribute(Notice.ATTRIBUTE, notice(change.get(), done, chosen));
        return new ModelAndView("redirect:" + chosen.path());
    }

    private Optional<Change> change(BulkAction action, String value) {
        return switch (action) {
            case ASSIGN ->
                value.equals(NOBODY)
                        ? Optional.of(new Change.Assigned(null))
                        : working.members().stream()
                                .filter(one -> Long.toString(one.id()).equals(value))
                                .findFirst()
                                .map(Change.Assigned::new);
            case TOPIC ->
                value.isEmpty() || value.length() > Change.TOPIC_LENGTH_MAX
                        ? Optional.empty()
                        : Optional.of(new Change.About(value));
            case CLOSE ->
                value.equals(AnswerWay.NONE_NEEDED.code())
                        ? Optional.of(new Change.Answered(AnswerWay.NONE_NEEDED))
                        : Optional.of(new Change.ToStatus(WorkStatus.CLOSED));
            case NOT_AN_ENQUIRY -> NotEnquiry.of(value).map(Change.NotAnEnquiry::new);
        };
    }

    private Notice notice(Change change, Many done, Chosen chosen) {
        var said = new ArrayList<String>();
        said.add(
                done.done() == 0
                        ? texts.say("bulk.nothing")
                        : texts.say("bulk.done", done.done(), view.change(change)));
        if (done.same() > 0) {
            said.add(texts.say("bulk.was-same", done.same()));
        }
        if (done.refused() > 0) {
            said.add(texts.say("bulk.not-done", done.refused()));
        }
        if (done.missing() > 0) {
            said.add(texts.say("bulk.gone", done.missing()));
        }
        return done.changeId() == null
                ? Notice.refusal(String.join(" ", said))
                : new Notice(String.join(" ", said), chosen.undo(done.changeId()));
    }

    @PostMapping("/queues/changes/{id:[0-9]+}/undo")
    String undo(@PathVariable long id, Chosen chosen, RedirectAttributes redirect) {
        redirect.addFlashAttribute(Notice.ATTRIBUTE, undone(working, texts, id, staff.member()));
        return "redirect:" + chosen.path();
    }

    static Notice undone(Working working, StaffTexts texts, long changeId, org.postbag.staff.StaffMember by) {
        return working.undo(changeId, by)
                .map(undone -> undone.restored() == 0
                        ? Notice.refusal(texts.say("bulk.undone.none"))
                        : new Notice(texts.say("bulk.undone", undone.restored())
                                + (undone.changedSince() == 0
                                        ? ""
                                        : " " + texts.say("bulk.undone.stay", undone.changedSince()))))
                .orElseGet(() -> Notice.refusal(texts.say("bulk.undone.already")));
    }
}
