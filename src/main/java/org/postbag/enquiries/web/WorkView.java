package org.postbag.enquiries.web;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postbag.enquiries.Alarms;
import org.postbag.enquiries.AnswerWay;
import org.postbag.enquiries.Change;
import org.postbag.enquiries.Enquiry;
import org.postbag.enquiries.Notes;
import org.postbag.enquiries.Openings;
import org.postbag.enquiries.Queues;
import org.postbag.enquiries.Work;
import org.postbag.enquiries.Working;
import org.postbag.receiving.Direction;
import org.postbag.staff.Role;
import org.postbag.staff.StaffMember;
import org.postbag.staff.StaffTexts;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.ModelAndView;

/** What an enquiry's page shows of the work on it; templates use it as {@code @workView}. */
@Component("workView")
class WorkView {

    private static final List<AnswerWay> WAYS = List.of(AnswerWay.TELEPHONE, AnswerWay.LETTER, AnswerWay.NONE_NEEDED);

    private final Working working;
    private final Notes notes;
    private final Openings openings;
    private final Queues queues;
    private final JdbcClient jdbc;
    private final StaffTexts texts;

    WorkView(Working working, Notes notes, Openings openings, Queues queues, JdbcClient jdbc, StaffTexts texts) {
        this.working = working;
        this.notes = notes;
        this.openings = openings;
        this.queues = queues;
        this.jdbc = jdbc;
        this.texts = texts;
    }

    /**
     * Showing it is opening it.
     *
     * @param cameFrom the list that it was opened from, if any
     */
    void add(ModelAndView page, Enquiry enquiry, StaffMember member, Optional<CameFrom> cameFrom) {
        long id = enquiry.id();
        working.opened(id, member);
        var work = working.of(id).orElseThrow();
        boolean inbound = enquiry.direction() == Direction.INBOUND;
        page.addObject("work", work);
        page.addObject("inbound", inbound);
        page.addObject("lastChange", working.lastChange(id).orElse(null));
        page.addObject("members", working.members());
        page.addObject("me", working.member(member).map(me -> me.id()).orElse(null));
        page.addObject("ways", WAYS);
        page.addObject(
                "urgentBy", work.urgent() == null ? null : name(work.urgent().by()));
        page.addObject(
                "alarms",
                inbound && work.urgent() == null && !work.status().isDone() && enquiry.automatic() == null
                        ? Alarms.urgent(enquiry.subject() + "\n" + enquiry.reply())
                        : List.of());
        page.addObject("notes", notes.of(id, member));
        page.addObject("noteLengthMax", Notes.LENGTH_MAX);
        page.addObject("alsoOpen", alsoOpen(openings.open(id, member)));
        page.addObject("maySensitive", mayChange(member));
        page.addObject("cameFrom", cameFrom.orElse(null));
        page.addObject("next", cameFrom.map(from -> next(from, id, member)).orElse(null));
    }

    /** The way to the enquiry after this one in its queue; null where it is the last, or came from no queue. */
    private @Nullable String next(CameFrom from, long id, StaffMember member) {
        var queue = from.queue();
        return queue == null
                ? null
                : queues.after(id, queue, from.kind(), member)
                        .map(next -> "/enquiries/" + next + from.parameters())
                        .orElse(null);
    }

    static boolean mayChange(StaffMember member) {
        return member.has(Role.OFFICER) || member.has(Role.REVIEWER) || member.has(Role.DATA_PROTECTION_OFFICER);
    }

    /** Who else has it open, in a sentence; empty for nobody. */
    String alsoOpen(List<String> names) {
        return switch (names.size()) {
            case 0 -> "";
            case 1 -> texts.say("work.also-open.one", names.getFirst());
            default ->
                texts.say(
                        "work.also-open.many", String.join(", ", names.subList(0, names.size() - 1)), names.getLast());
        };
    }

    /** Its status in words, with how it was answered. */
    public String status(Work work) {
        var status = texts.label(work.status());
        var not = work.notEnquiry();
        if (not != null) {
            return texts.say(
                    "work.status.not-an-enquiry",
                    status,
                    texts.label(not.what()).toLowerCase(Locale.ROOT));
        }
        return work.answer() == null ? status : texts.label(work.answer());
    }

    /** What is changed, as {@link Change#words} keeps it with the record. */
    String change(Change change) {
        return switch (change) {
            case Change.ToStatus(var status) -> texts.label(status);
            case Change.Answered(var way) -> texts.label(way);
            case Change.Assigned(var to) ->
                texts.say(to == null ? "work.changed.assigned-to-nobody" : "work.changed.assigned");
            case Change.Urgent(var urgent) -> texts.say(urgent ? "work.urgent" : "work.not-urgent");
            case Change.Sensitive sensitive ->
                texts.say(sensitive.what() == null ? "work.changed.not-sensitive" : "work.sensitive");
            case Change.NotAnEnquiry(var what) -> texts.say("work.changed.not-an-enquiry", texts.label(what));
            case Change.About _ -> texts.say("work.topic");
        };
    }

    private String name(String actor) {
        return jdbc.sql("select name from staff_member where 'staff:' || username = ?")
                .param(actor)
                .query(String.class)
                .optional()
                .orElse(actor);
    }
}
