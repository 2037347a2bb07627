package org.postbag.enquiries.web;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postbag.audit.AuditTrail;
import org.postbag.enquiries.Quarantine;
import org.postbag.enquiries.QuarantineBatch;
import org.postbag.enquiries.QuarantineBatch.Act;
import org.postbag.enquiries.QuarantineBatches;
import org.postbag.enquiries.QuarantineBatches.Asked;
import org.postbag.receiving.ReceiptId;
import org.postbag.staff.CurrentStaff;
import org.postbag.staff.Notice;
import org.postbag.staff.PageError;
import org.postbag.staff.Reason;
import org.postbag.staff.StaffTexts;
import org.postbag.staff.Unattended;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Many items at once: first a page that says how many, then a batch that goes on in the background, which can be paused, cancelled and undone. */
@Controller
@RequestMapping(QuarantinePage.PATH)
class QuarantineBatchPage {

    static final String BATCHES = QuarantinePage.PATH + "/batches";
    private static final int HISTORY_SHOWN_MAX = 50;

    private final QuarantineBatches batches;
    private final AuditTrail trail;
    private final CurrentStaff staff;
    private final StaffTexts texts;

    QuarantineBatchPage(QuarantineBatches batches, AuditTrail trail, CurrentStaff staff, StaffTexts texts) {
        this.batches = batches;
        this.trail = trail;
        this.staff = staff;
        this.texts = texts;
    }

    /** What was asked for on the list, and is asked for again with its reason and rate. */
    record Form(
            @Nullable String act,
            @Nullable String which,
            @Nullable List<String> item,
            @Nullable String channel,
            @Nullable String route,
            @Nullable String reasonCode,
            @Nullable String day,
            @Nullable String rate,
            @Nullable String reason) {

        Optional<Act> parsedAct() {
            return Arrays.stream(Act.values())
                    .filter(one -> one != Act.RESTORE && one.code().equals(act))
                    .findFirst();
        }

        public boolean isTicked() {
            return !"all".equals(which);
        }

        /** Those that were ticked; none where all that the filter finds are meant. */
        public List<ReceiptId> items() {
            try {
                return isTicked() && item != null
                        ? item.stream().map(ReceiptId::new).distinct().toList()
                        : List.of();
            } catch (IllegalArgumentException notIds) {
                return List.of();
            }
        }

        QuarantineFilter filter() {
            return isTicked()
                    ? new QuarantineFilter("", "", "", "")
                    : new QuarantineFilter(text(channel), text(route), text(reasonCode), text(day));
        }

        String back() {
            return new QuarantineFilter(text(channel), text(route), text(reasonCode), text(day))
                    .path(QuarantinePage.PATH);
        }

        private static String text(@Nullable String value) {
            return value == null ? "" : value;
        }
    }

    @PostMapping("/many")
    @ActsOnQuarantine
    ModelAndView check(Form form, RedirectAttributes redirect) {
        var refused = refusal(form);
        if (refused != null) {
            redirect.addFlashAttribute(Notice.ATTRIBUTE, Notice.refusal(refused));
            return new ModelAndView("redirect:" + form.back());
        }
        return page(form, List.of());
    }

    private @Nullable String refusal(Form form) {
        if (form.parsedAct().isEmpty()) {
            return texts.say("many.no-act");
        }
        if (!form.isTicked()) {
            return form.filter().isSound() ? null : texts.say("many.no-day");
        }
        int ticked = form.items().size();
        if (ticked == 0) {
            return texts.say("many.none-ticked");
        }
        return ticked > QuarantineBatch.TICKED_MAX ? texts.say("many.too-many", QuarantineBatch.TICKED_MAX) : null;
    }

    private ModelAndView page(Form form, List<PageError> errors) {
        var page = new ModelAndView("enquiries/quarantine-many");
        if (!errors.isEmpty()) {
            page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
        }
        var filter = form.filter();
        page.addObject("form", form);
        page.addObject("act", form.parsedAct().orElseThrow());
        page.addObject("number", batches.count(filter.of(false), form.items()));
        page.addObject("chips", filter.chips(QuarantinePage.PATH, texts));
        page.addObject("back", form.back());
        page.addObject("errors", errors);
        page.addObject("rate", form.rate() == null ? Integer.toString(QuarantineBatch.RATE_USUAL) : form.rate());
        page.addObject("rateMax", QuarantineBatch.RATE_MAX);
        page.addObject("discardedDays", Quarantine.DISCARDED_DAYS);
        return page;
    }

    @PostMapping("/batches")
    @ActsOnQuarantine
    ModelAndView start(Form form, RedirectAttributes redirect) {
        if (refusal(form) != null) {
            return check(form, redirect);
        }
        var act = form.parsedAct().orElseThrow();
        var errors = new ArrayList<PageError>();
        int rate = rate(form.rate(), errors);
        var reason = form.reason() == null ? "" : form.reason().strip();
        if (act != Act.TRY) {
            var wrong = wrongReason(act, reason);
            if (wrong != null) {
                errors.add(wrong);
            }
        }
        if (!errors.isEmpty()) {
            return page(form, errors);
        }
        var batch = batches.start(
                new Asked(act, form.filter().of(false), form.items(), rate, reason.isEmpty() ? null : reason),
                staff.member().actor());
        return new ModelAndView("redirect:" + BATCHES + "/" + batch.id());
    }

    private @Nullable PageError wrongReason(Act act, String reason) {
        return Reason.read(reason, texts.say(act == Act.DISCARD ? "many.wrong.discard" : "many.wrong.replay"))
                .wrong();
    }

    private int rate(@Nullable String typed, List<PageError> errors) {
        try {
            int rate = typed == null || typed.isBlank()
                    ? QuarantineBatch.RATE_USUAL
                    : Integer.parseInt(typed.strip().replace(",", ""));
            if (rate >= 1 && rate <= QuarantineBatch.RATE_MAX) {
                return rate;
            }
        } catch (NumberFormatException notANumber) {
            // Said below.
        }
        errors.add(new PageError("rate", texts.say("many.wrong-rate", QuarantineBatch.RATE_MAX)));
        return QuarantineBatch.RATE_USUAL;
    }

    @GetMapping("/batches")
    @SeesQuarantine
    ModelAndView list() {
        var page = new ModelAndView("enquiries/quarantine-batches");
        page.addObject("batches", batches.recent());
        return page;
    }

    @GetMapping("/batches/{id:[0-9]+}")
    @SeesQuarantine
    ModelAndView batch(@PathVariable long id) {
        return shown(id, "enquiries/quarantine-batch");
    }

    /** What of the page changes, asked for by the page itself. */
    @GetMapping("/batches/{id:[0-9]+}/now")
    @SeesQuarantine
    @Unattended
    ModelAndView now(@PathVariable long id) {
        return shown(id, "enquiries/quarantine-batch :: now");
    }

    private ModelAndView shown(long id, String view) {
        var batch = batches.find(id);
        if (batch.isEmpty()) {
            return QuarantinePage.gone();
        }
        var member = staff.member();
        var page = new ModelAndView(view);
        page.addObject("batch", batch.get());
        page.addObject("filter", chosen(batch.get()));
        page.addObject("chips", chosen(batch.get()).chips(QuarantinePage.PATH, texts));
        page.addObject("mayChange", QuarantineRights.mayAct(member));
        page.addObject("seesContent", QuarantineRights.seesContent(member));
        page.addObject("discardedDays", Quarantine.DISCARDED_DAYS);
        page.addObject(
                "history",
                QuarantineRights.history(trail.history(QuarantineBatches.subject(id), HISTORY_SHOWN_MAX), member));
        return page;
    }

    private static QuarantineFilter chosen(QuarantineBatch batch) {
        var filter = batch.filter();
        return new QuarantineFilter(
                filter.channel() == null ? "" : filter.channel().code(),
                filter.route() == null ? "" : filter.route(),
                filter.reasonCode() == null ? "" : filter.reasonCode(),
                filter.day() == null ? "" : filter.day().toString());
    }

    @PostMapping("/batches/{id:[0-9]+}/{change:pause|resume|cancel}")
    @ActsOnQuarantine
    String change(@PathVariable long id, @PathVariable String change, RedirectAttributes redirect) {
        var actor = staff.member().actor();
        boolean done = switch (change) {
            case "pause" -> batches.pause(id, actor);
            case "resume" -> batches.resume(id, actor);
            default -> batches.cancel(id, actor);
        };
        redirect.addFlashAttribute(
                Notice.ATTRIBUTE,
                done
                        ? new Notice(texts.say("batch.changed." + change))
                        : Notice.refusal(texts.say("batch.not-changed")));
        return "redirect:" + BATCHES + "/" + id;
    }

    @PostMapping("/batches/{id:[0-9]+}/undo")
    @ActsOnQuarantine
    String undo(@PathVariable long id, RedirectAttributes redirect) {
        var undoing = batches.undo(id, staff.member().actor());
        if (undoing.isEmpty()) {
            redirect.addFlashAttribute(Notice.ATTRIBUTE, Notice.refusal(texts.say("batch.not-undone")));
            return "redirect:" + BATCHES + "/" + id;
        }
        return "redirect:" + BATCHES + "/" + undoing.get().id();
    }
}
