package org.postbag.reports.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.postbag.figures.Csv;
import org.postbag.figures.Period;
import org.postbag.reports.Report;
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
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.ModelAndView;

/** The reports: what there is, each for a period, and each table of one as a file. None names anybody. */
@Controller
@RequestMapping("/reports")
@AllowedTo({Role.READER, Role.OFFICER, Role.REVIEWER, Role.DATA_PROTECTION_OFFICER, Role.ADMINISTRATOR})
class ReportPage {

    private static final int MONTHS_SHOWN = 6;
    private static final int YEARS_MAX = 8;

    private final List<Report> reports;
    private final StaffTexts texts;
    private final Clock clock;

    ReportPage(List<Report> reports, StaffTexts texts, Clock clock) {
        this.reports = reports;
        this.texts = texts;
        this.clock = clock;
    }

    @GetMapping
    ModelAndView list() {
        return new ModelAndView("reports/reports").addObject("reports", reports);
    }

    @GetMapping("/{code}")
    ModelAndView show(
            @PathVariable String code,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String to) {
        var report = report(code);
        var errors = new ArrayList<PageError>();
        var period = period(from, to, errors);
        var view = new ModelAndView("reports/report");
        if (!errors.isEmpty()) {
            view.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
        }
        view.addObject("errors", errors);
        view.addObject("typedFrom", from.isEmpty() ? period.from().toString() : from);
        view.addObject("typedTo", to.isEmpty() ? period.to().toString() : to);
        view.addObject("period", period);
        view.addObject("reports", reports);
        view.addObject("report", report);
        view.addObject("counted", errors.isEmpty() ? report.counted(period) : null);
        return view;
    }

    @GetMapping("/{code}/{part}/csv")
    ResponseEntity<byte[]> csv(
            @PathVariable String code,
            @PathVariable String part,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String to) {
        var report = report(code);
        var errors = new ArrayList<PageError>();
        var period = period(from, to, errors);
        if (!errors.isEmpty()) {
            return ResponseEntity.badRequest().build();
        }
        var table = report.counted(period).parts().stream()
                .filter(one -> one.code().equals(part))
                .findFirst()
                .orElseThrow(ReportPage::missing)
                .table();
        var name = report.code() + "-" + part + (report.looksAhead() ? "" : "-" + period.from() + "-" + period.to());
        return ResponseEntity.ok()
                .contentType(new MediaType("text", "csv", UTF_8))
                .header("Content-Disposition", "attachment; filename=\"" + name + ".csv\"")
                .body(Csv.of(table).getBytes(UTF_8));
    }

    private Period period(String from, String to, List<PageError> errors) {
        return Period.typed(
                from, to, LocalDate.ofInstant(clock.instant(), UkTime.ZONE), MONTHS_SHOWN, YEARS_MAX, errors, texts);
    }

    private Report report(String code) {
        return reports.stream()
                .filter(one -> one.code().equals(code))
                .findFirst()
                .orElseThrow(ReportPage::missing);
    }

    private static ResponseStatusException missing() {
        return new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
}
