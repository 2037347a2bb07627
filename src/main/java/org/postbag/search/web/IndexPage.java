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
import org.postbag.staff.StaffTexts;
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
    private final StaffTexts texts;

    IndexPage(
            IndexWatch watch,
            Reindex reindex,
            Verification verification,
            AuditTrail trail,
            CurrentStaff staff,
            StaffTexts texts) {
        this.watch = watch;
        this.reindex = reindex;
        this.verification = verification;
        this.trail = trail;
        this.staff = staff;
        this.texts = texts;
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
        model.addAttribute("minutes", minutes(watch.inRecord()));
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
        return told(reindex.start(staff.member().actor()), "index.rebuild.begun", redirect);
    }

    @PostMapping("/compare")
    String compare(RedirectAttributes redirect) {
        return told(begin(false), "index.compare.begun", redirect);
    }

    @PostMapping("/mend")
    String mend(RedirectAttributes redirect) {
        return told(begin(true), "index.mend.begun", redirect);
    }

    private boolean begin(boolean mend) {
        return verification.start(
                new Asked(Verification.SAMPLE_USUAL, mend), staff.member().actor());
    }

    private String told(boolean begun, String key, RedirectAttributes redirect) {
        redirect.addFlashAttribute(
                Notice.ATTRIBUTE,
                begun ? new Notice(texts.say(key)) : Notice.refusal(texts.say("index.running-already")));
        return "redirect:" + PATH;
    }

    private Shown building(Reindex.Progress progress) {
        return switch (progress.state()) {
            case NEVER -> ended("never", "index.rebuild.never");
            case RUNNING -> running(progress.done(), progress.total(), "index.rebuild.running");
            case DONE -> ended("done", "index.rebuild.done", progress.done());
            case FAILED ->
                progress.fault() == null
                        ? ended("failed", "index.rebuild.failed")
                        : ended("failed", "index.rebuild.wrong", progress.fault());
            case STOPPED -> ended("failed", "index.rebuild.stopped");
            case ELSEWHERE -> ended("failed", "index.rebuild.elsewhere");
        };
    }

    private Shown comparing(Verification.Progress progress) {
        return switch (progress.state()) {
            case RUNNING -> running(progress.done(), progress.total(), "index.compare.running");
            case DONE -> ended("done", said(progress.found()));
            case NEVER -> ended("never", "index.compare.never");
            case FAILED, STOPPED, ELSEWHERE -> ended("failed", "index.compare.failed");
        };
    }

    private Shown ended(String state, String key, Object... values) {
        return new Shown(state, 0, 0, texts.say(key, values));
    }

    private Shown running(long done, long total, String key) {
        return new Shown("running", done, Math.max(total, 1), texts.say(key, done, Math.max(done, total)));
    }

    private static String said(@Nullable Compared found) {
        return found == null || found.isRight()
                ? "index.compare.right"
                : found.isComplete() ? "index.compare.complete" : "index.compare.differs";
    }

    private List<Line> wrong(Compared found) {
        return found.wrong().stream()
                .limit(WRONG_SHOWN_MAX)
                .map(one -> new Line(texts.label(one.fault()), one.enquiryId(), one.reference()))
                .toList();
    }

    private List<Count> counts(Compared found) {
        return List.of(
                new Count(texts.say("index.found.missing"), found.count(Fault.MISSING)),
                new Count(texts.say("index.found.old"), found.count(Fault.OLD)),
                new Count(texts.say("index.found.left-over"), found.count(Fault.LEFT_OVER)),
                new Count(texts.say("index.found.refused"), found.count(Fault.REFUSED)),
                new Count(texts.say("index.found.waiting"), found.waiting()));
    }

    private static long minutes(long enquiries) {
        return Duration.ofSeconds(enquiries / BUILT_A_SECOND).toMinutes();
    }
}
