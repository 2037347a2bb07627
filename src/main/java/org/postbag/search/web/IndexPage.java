package org.postbag.search.web;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postbag.audit.AuditTrail;
import org.postbag.audit.Subject;
import org.postbag.search.Compared;
import org.postbag.search.Compared.Fault;
import org.postbag.search.IndexWatch;
import org.postbag.search.Reindex;
import org.postbag.search.Verification;
import org.postbag.search.Verification.Asked;
import org.postbag.staff.AllowedTo;
import org.postbag.staff.CurrentStaff;
import org.postbag.staff.Notice;
import org.postbag.staff.Role;
import org.postbag.staff.Unattended;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** How the search index is, and what can be done about it: building it anew, comparing it with the record, mending it. It shows no content. */
@Controller
@RequestMapping(IndexPage.PATH)
@AllowedTo(Role.ADMINISTRATOR)
class IndexPage {

    static final String PATH = "/search-index";

    private static final int HISTORY_SHOWN_MAX = 10;
    private static final int WRONG_SHOWN_MAX = 20;

    /** What a rebuild does on two cores, with filing and searching beside it. */
    private static final int BUILT_A_SECOND = 2_500;

    private final IndexWatch watch;
    private final Reindex reindex;
    private final Verification verification;
    private final AuditTrail trail;
    private final CurrentStaff staff;

    IndexPage(IndexWatch watch, Reindex reindex, Verification verification, AuditTrail trail, CurrentStaff staff) {
        this.watch = watch;
        this.reindex = reindex;
        this.verification = verification;
        this.trail = trail;
        this.staff = staff;
    }

    /**
     * Work as it is told of.
     *
     * @param state as a reader tells it apart: {@code never}, {@code running}, {@code done}, {@code failed}
     */
    public record Shown(String state, long done, long total, String words) {

        public boolean isRunning() {
            return state.equals("running");
        }
    }

    /** Something that differs, by reference: a document that belongs to no enquiry has only a number. */
    public record Line(
            String what, long enquiryId, @Nullable String reference) {}

    /** How many differ in one way. */
    public record Count(String words, long count) {}

    @GetMapping
    String page(Model model) {
        model.addAttribute("howLong", howLong(watch.inRecord()));
        model.addAttribute("history", trail.history(Subject.searchIndex(), HISTORY_SHOWN_MAX));
        return now(model, "search/index");
    }

    /** The part that changes while somebody looks: the page asks for it by itself. */
    @GetMapping("/now")
    @Unattended
    String now(Model model) {
        return now(model, "search/index :: now");
    }

    private String now(Model model, String view) {
        var compared = verification.progress();
        var found = compared.found();
        model.addAttribute("trouble", watch.trouble().orElse(null));
        model.addAttribute("inRecord", watch.inRecord());
        model.addAttribute("seen", watch.latest().orElse(null));
        model.addAttribute("building", building(reindex.progress()));
        model.addAttribute("comparing", comparing(compared));
        model.addAttribute("found", found);
        model.addAttribute("counts", found == null ? List.of() : counts(found));
        model.addAttribute("wrong", found == null ? List.of() : wrong(found));
        return view;
    }

    @PostMapping("/rebuild")
    String rebuild(RedirectAttributes redirect) {
        return told(
                reindex.start(staff.member().actor()),
                "The index is being rebuilt. Searching and filing go on.",
                redirect);
    }

    @PostMapping("/compare")
    String compare(RedirectAttributes redirect) {
        return told(begin(false), "The index is being compared with the record.", redirect);
    }

    @PostMapping("/mend")
    String mend(RedirectAttributes redirect) {
        return told(
                begin(true),
                "The index is being compared, and what is missing, old or left over is put right.",
                redirect);
    }

    private boolean begin(boolean mend) {
        return verification.start(
                new Asked(Verification.SAMPLE_USUAL, mend), staff.member().actor());
    }

    private static String told(boolean begun, String what, RedirectAttributes redirect) {
        redirect.addFlashAttribute(
                Notice.ATTRIBUTE,
                begun ? new Notice(what) : Notice.refusal("Nothing was begun: this is under way already."));
        return "redirect:" + PATH;
    }

    private static Shown building(Reindex.Progress progress) {
        return switch (progress.state()) {
            case NEVER -> new Shown("never", 0, 0, "Not rebuilt since the program started.");
            case RUNNING -> running(progress.done(), progress.total(), "enquiries are in the new index");
            case DONE ->
                new Shown("done", 0, 0, "Done: " + count(progress.done()) + " in the new index, which answers.");
            case FAILED ->
                new Shown(
                        "failed",
                        0,
                        0,
                        progress.fault() == null
                                ? "The rebuild failed; what answered before goes on answering. The log says why."
                                : "The new index was not right and was thrown away; what answered before goes on answering. "
                                        + progress.fault() + ".");
            case STOPPED -> new Shown("failed", 0, 0, "Cut off when the program ended; it is gone on with.");
            case ELSEWHERE -> new Shown("failed", 0, 0, "Another node or a command is rebuilding it.");
        };
    }

    private static Shown comparing(Verification.Progress progress) {
        return switch (progress.state()) {
            case RUNNING -> running(progress.done(), progress.total(), "enquiries are compared");
            case DONE -> new Shown("done", 0, 0, said(progress.found()));
            case NEVER -> new Shown("never", 0, 0, "Not compared since the program started.");
            case FAILED, STOPPED, ELSEWHERE ->
                new Shown("failed", 0, 0, "It could not be compared: the index or the database did not answer.");
        };
    }

    private static Shown running(long done, long total, String what) {
        return new Shown(
                "running", done, Math.max(total, 1), "%,d of %,d %s.".formatted(done, Math.max(done, total), what));
    }

    private static String said(@Nullable Compared found) {
        return found == null || found.isRight()
                ? "Nothing is wrong."
                : found.isComplete()
                        ? "All that is filed can be found, save what the engine refused."
                        : "The index differs from the record. Mend it, then compare it again.";
    }

    private static List<Line> wrong(Compared found) {
        return found.wrong().stream()
                .limit(WRONG_SHOWN_MAX)
                .map(one -> new Line(word(one.fault()), one.enquiryId(), one.reference()))
                .toList();
    }

    private static List<Count> counts(Compared found) {
        return List.of(
                new Count("Missing: filed, and not in the index", found.count(Fault.MISSING)),
                new Count("Old: the index says something else than the record", found.count(Fault.OLD)),
                new Count("Left over: in the index, and filed no more", found.count(Fault.LEFT_OVER)),
                new Count("Refused by the engine: found by reference only", found.count(Fault.REFUSED)),
                new Count("Waiting to be indexed: no fault", found.waiting()));
    }

    private static String word(Fault fault) {
        return switch (fault) {
            case MISSING -> "Missing";
            case OLD -> "Old";
            case LEFT_OVER -> "Left over";
            case REFUSED -> "Refused";
        };
    }

    private static String count(long enquiries) {
        return enquiries == 1 ? "1 enquiry" : "%,d enquiries".formatted(enquiries);
    }

    private static String howLong(long enquiries) {
        long minutes = Duration.ofSeconds(enquiries / BUILT_A_SECOND).toMinutes();
        return minutes < 1 ? "less than a minute" : minutes == 1 ? "about a minute" : "about " + minutes + " minutes";
    }
}
