package org.postbag.contacts.web;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postbag.contacts.Contacts;
import org.postbag.contacts.Matches;
import org.postbag.contacts.Matches.Decision;
import org.postbag.contacts.Matches.Group;
import org.postbag.contacts.Matches.Key;
import org.postbag.contacts.Matches.Match;
import org.postbag.contacts.Matches.Outcome;
import org.postbag.contacts.Matches.Said;
import org.postbag.contacts.Matches.Verdict;
import org.postbag.staff.AllowedTo;
import org.postbag.staff.CurrentStaff;
import org.postbag.staff.Notice;
import org.postbag.staff.Role;
import org.postbag.staff.StaffTexts;
import org.postbag.staff.UkTime;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Takes staff's verdicts on pairs and groups, and takes them back. What comes next is the pair that stands in the same place of the queue. */
@Controller
@RequestMapping("/review")
@AllowedTo(Role.REVIEWER)
class VerdictsPage {

    private final Matches matches;
    private final Contacts contacts;
    private final ContactSight sight;
    private final PairViews views;
    private final StaffTexts texts;
    private final CurrentStaff staff;

    VerdictsPage(
            Matches matches,
            Contacts contacts,
            ContactSight sight,
            PairViews views,
            StaffTexts texts,
            CurrentStaff staff) {
        this.matches = matches;
        this.contacts = contacts;
        this.sight = sight;
        this.views = views;
        this.texts = texts;
        this.staff = staff;
    }

    @PostMapping("/{one:[0-9]+}/{other:[0-9]+}")
    String decide(
            @PathVariable long one,
            @PathVariable long other,
            @RequestParam(required = false) @Nullable String verdict,
            @RequestParam(required = false) @Nullable String seen,
            @RequestParam(required = false) @Nullable Long survivor,
            @RequestParam(defaultValue = "0") int page,
            RedirectAttributes redirect) {
        var pair = "/review/" + one + "/" + other;
        var asked = Verdict.of(verdict);
        if (asked.isEmpty()) {
            return "redirect:" + pair;
        }
        var outcome = matches.decide(
                new Decision(one, other, asked.get(), Verdict.of(seen).orElse(null), survivor),
                staff.member().actor());
        redirect.addFlashAttribute(
                Notice.ATTRIBUTE, notice(outcome, asked.get(), new Key(one, other), 2, pair + "/undo"));
        return outcome instanceof Outcome.SaidAlready || outcome instanceof Outcome.Refused
                ? "redirect:" + pair
                : next(page);
    }

    @PostMapping("/{one:[0-9]+}/{other:[0-9]+}/undo")
    String undo(@PathVariable long one, @PathVariable long other, RedirectAttributes redirect) {
        var outcome = matches.undo(one, other, staff.member().actor());
        redirect.addFlashAttribute(Notice.ATTRIBUTE, undone(outcome));
        return "redirect:/review/" + one + "/" + other;
    }

    /** @param contacts those of the group as the page showed it: another group is not decided */
    @PostMapping("/group")
    String decideGroup(
            @RequestParam(name = "contact", required = false) @Nullable List<Long> contacts,
            @RequestParam(required = false) @Nullable String verdict,
            @RequestParam(defaultValue = "0") int page,
            RedirectAttributes redirect) {
        var asked = Verdict.of(verdict);
        var group = contacts == null ? Optional.<Group>empty() : group(contacts);
        if (asked.isEmpty() || group.isEmpty()) {
            redirect.addFlashAttribute(Notice.ATTRIBUTE, refusal(texts.say("verdicts.refused.group")));
            return next(page);
        }
        var outcome =
                matches.decideGroup(group.get(), asked.get(), staff.member().actor());
        var pairs = group.get().pairs().stream()
                .map(match -> "pair=" + match.one() + "-" + match.other())
                .collect(Collectors.joining("&"));
        redirect.addFlashAttribute(
                Notice.ATTRIBUTE,
                notice(
                        outcome,
                        asked.get(),
                        group.get().pairs().getFirst().key(),
                        group.get().contactCount(),
                        "/review/group/undo?" + pairs));
        return next(page);
    }

    @PostMapping("/group/undo")
    String undoGroup(
            @RequestParam(name = "pair", required = false) @Nullable List<String> pairs, RedirectAttributes redirect) {
        var keys = pairs == null
                ? List.<Key>of()
                : pairs.stream()
                        .flatMap(pair -> key(pair).stream())
                        .filter(pair -> sight.mayReadAsShown(List.of(pair.one(), pair.other())))
                        .toList();
        redirect.addFlashAttribute(
                Notice.ATTRIBUTE, undone(matches.undoGroup(keys, staff.member().actor())));
        return keys.isEmpty()
                ? "redirect:/review"
                : "redirect:/review/" + keys.getFirst().one() + "/"
                        + keys.getFirst().other();
    }

    private Optional<Group> group(List<Long> contacts) {
        var asked = contacts.stream().sorted().toList();
        return matches.queue().groups().stream()
                .filter(group -> group.isWhole() && group.contacts().equals(asked))
                .filter(group -> sight.mayRead(group.contacts()))
                .findFirst();
    }

    private static Optional<Key> key(String pair) {
        return pair.matches("[0-9]{1,18}-[0-9]{1,18}")
                ? Optional.of(new Key(
                        Long.parseLong(pair.substring(0, pair.indexOf('-'))),
                        Long.parseLong(pair.substring(pair.indexOf('-') + 1))))
                : Optional.empty();
    }

    private static String next(int page) {
        return page > 0 ? "redirect:/review?page=" + page : "redirect:/review/not-sure";
    }

    /** @param count how many contacts it was said of */
    private Notice notice(Outcome outcome, Verdict verdict, Key pair, int count, String undo) {
        return switch (outcome) {
            case Outcome.Done(var survivor) -> about(new Notice(done(verdict, count), undo), survivor);
            case Outcome.SaidAlready(var said) -> refusal(said(said));
            case Outcome.NothingToDo _ -> decidedBefore(pair);
            case Outcome.Refused(var because) -> refusal(because);
            case Outcome.Gone _ -> refusal(texts.say("verdicts.refused.gone"));
        };
    }

    private Notice refusal(String because) {
        return Notice.refusal(texts.say("verdicts.refused", because));
    }

    private String said(Said said) {
        return texts.say(
                "verdicts.said", views.name(said.actor()), texts.label(said.verdict()), UkTime.dateTime(said.at()));
    }

    /** Who was first, and what became of the two. */
    private Notice decidedBefore(Key pair) {
        var match = matches.pair(pair.one(), pair.other());
        var said = match.map(Match::said).map(this::said).orElseGet(() -> texts.say("verdicts.refused.before"));
        boolean joined = match.filter(Match::isJoined).isPresent();
        return about(
                joined ? Notice.refusal(texts.say("verdicts.refused.joined", said)) : refusal(said),
                joined ? match.map(Match::oneNow).orElse(null) : null);
    }

    private Notice about(Notice notice, @Nullable Long contact) {
        return Optional.ofNullable(contact)
                .flatMap(contacts::shownAs)
                .map(shown -> notice.about("/contacts/" + shown.id(), shown.shownName()))
                .orElse(notice);
    }

    private String done(Verdict verdict, int count) {
        return switch (verdict) {
            case SAME -> texts.say(count > 2 ? "verdicts.same.all" : "verdicts.same", count);
            case NOT_SAME -> texts.say(count > 2 ? "verdicts.not-same.all" : "verdicts.not-same", count);
            case NOT_SURE -> texts.say("verdicts.not-sure");
        };
    }

    private Notice undone(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done _ -> new Notice(texts.say("verdicts.undone"));
            case Outcome.Refused(var because) -> refusal(because);
            case Outcome.SaidAlready _, Outcome.NothingToDo _, Outcome.Gone _ ->
                refusal(texts.say("verdicts.undone.already"));
        };
    }
}
