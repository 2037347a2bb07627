package org.postbag.contacts.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.postbag.contacts.MatchEvidence;
import org.postbag.figures.Period;
import org.postbag.staff.AllowedTo;
import org.postbag.staff.PageError;
import org.postbag.staff.Role;
import org.postbag.staff.StaffTexts;
import org.postbag.staff.UkTime;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** How often the model was right, by what staff said of its pairs, as a page and as a file. It names nobody. */
@Controller
@RequestMapping("/review/report")
@AllowedTo({Role.OFFICER, Role.REVIEWER, Role.DATA_PROTECTION_OFFICER})
class ReviewReportPage {

    private static final int MONTHS_SHOWN = 12;
    private static final int YEARS_MAX = 100;

    private final MatchEvidence evidence;
    private final ReviewTabs tabs;
    private final StaffTexts texts;
    private final Clock clock;

    ReviewReportPage(MatchEvidence evidence, ReviewTabs tabs, StaffTexts texts, Clock clock) {
        this.evidence = evidence;
        this.tabs = tabs;
        this.texts = texts;
        this.clock = clock;
    }

    @GetMapping
    ModelAndView show(@RequestParam(defaultValue = "") String from, @RequestParam(defaultValue = "") String to) {
        var errors = new ArrayList<PageError>();
        var period = period(from, to, errors);
        var report = report(period);
        var view = new ModelAndView("contacts/review-report");
        if (!errors.isEmpty()) {
            view.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
        }
        view.addObject("errors", errors);
        view.addObject("typedFrom", from.isEmpty() ? period.from().toString() : from);
        view.addObject("typedTo", to.isEmpty() ? period.to().toString() : to);
        view.addObject("from", period.from());
        view.addObject("to", period.to());
        view.addObject("report", report);
        view.addObject("chart", ReliabilityChart.of(report));
        view.addObject("counts", tabs.counts());
        return view;
    }

    @GetMapping("/csv")
    ResponseEntity<byte[]> csv(
            @RequestParam(defaultValue = "") String from, @RequestParam(defaultValue = "") String to) {
        var errors = new ArrayList<PageError>();
        var period = period(from, to, errors);
        if (!errors.isEmpty()) {
            return ResponseEntity.badRequest().build();
        }
        return ResponseEntity.ok()
                .contentType(new MediaType("text", "csv", UTF_8))
                .header(
                        "Content-Disposition",
                        "attachment; filename=\"review-" + period.from() + "-" + period.to() + ".csv\"")
                .body(report(period).csv().getBytes(UTF_8));
    }

    private ReviewReport report(Period period) {
        return ReviewReport.of(evidence.said(period.start(), period.end()), texts);
    }

    private Period period(String from, String to, List<PageError> errors) {
        return Period.typed(
                from, to, LocalDate.ofInstant(clock.instant(), UkTime.ZONE), MONTHS_SHOWN, YEARS_MAX, errors, texts);
    }
}
