package org.postbag.search.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postbag.search.ExportFormat;
import org.postbag.search.SearchExport;
import org.postbag.search.SearchUnavailable;
import org.postbag.staff.AllowedTo;
import org.postbag.staff.CurrentStaff;
import org.postbag.staff.PageError;
import org.postbag.staff.Reason;
import org.postbag.staff.Role;
import org.postbag.staff.StaffTexts;
import org.postbag.staff.UkTime;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Exporting what a search finds: first what would be in the file and why it is wanted, then the file. */
@Controller
@RequestMapping("/enquiries/search/{id}/export")
@AllowedTo({Role.OFFICER, Role.REVIEWER, Role.DATA_PROTECTION_OFFICER})
class ExportPage {

    private static final DateTimeFormatter NAMED_AT = DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmm");

    private final SearchExport export;
    private final SearchLists lists;
    private final CurrentStaff staff;
    private final Clock clock;
    private final StaffTexts texts;

    ExportPage(SearchExport export, SearchLists lists, CurrentStaff staff, Clock clock, StaffTexts texts) {
        this.export = export;
        this.lists = lists;
        this.staff = staff;
        this.clock = clock;
        this.texts = texts;
    }

    /** What was typed into the form. */
    private record Typed(String reason, String format, boolean text) {}

    @GetMapping
    ModelAndView asking(@PathVariable UUID id) {
        return export.plan(id, staff.member())
                .map(plan -> page(plan, new Typed("", ExportFormat.XLSX.code(), false), List.of()))
                .orElseGet(ExportPage::gone);
    }

    /** @return null where the file was written */
    @PostMapping
    @Nullable
    ModelAndView file(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String reason,
            @RequestParam(defaultValue = "") String format,
            @RequestParam(defaultValue = "false") boolean text,
            HttpServletResponse response)
            throws IOException {
        var member = staff.member();
        var plan = export.plan(id, member);
        if (plan.isEmpty()) {
            return gone();
        }
        var why = Reason.read(
                reason.replaceAll("[\\p{Cntrl}\\p{Cs}]+", " "), texts.say("export.reason.wrong", Reason.LENGTH_MAX));
        var chosen = ExportFormat.of(format);
        var errors = new ArrayList<PageError>();
        if (why.wrong() != null) {
            errors.add(why.wrong());
        }
        if (chosen.isEmpty()) {
            errors.add(new PageError("format", texts.say("export.format.wrong")));
        }
        if (!errors.isEmpty()
                || plan.get().isTooMany()
                || plan.get().enquiryIds().isEmpty()) {
            return page(plan.get(), new Typed(reason, format, text), errors);
        }
        send(response, chosen.orElseThrow());
        var asked =
                new SearchExport.Asked(chosen.orElseThrow(), text && SearchExport.mayExportText(member), why.text());
        export.write(plan.get(), asked, member, response.getOutputStream());
        return null;
    }

    /** The name says when, and nothing of what was looked for. */
    private void send(HttpServletResponse response, ExportFormat format) {
        var at = NAMED_AT.format(clock.instant().atZone(UkTime.ZONE));
        response.setContentType(format.mediaType());
        response.setHeader(
                "Content-Disposition", "attachment; filename=\"enquiries-" + at + "." + format.code() + "\"");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
    }

    private ModelAndView page(SearchExport.Plan plan, Typed typed, List<PageError> errors) {
        var page = new ModelAndView("search/export");
        page.addObject("plan", plan);
        page.addObject("words", lists.words(plan.query()));
        page.addObject("back", "/enquiries/search/" + plan.searchId());
        page.addObject("columns", SearchExport.columns(false));
        page.addObject("formats", ExportFormat.values());
        page.addObject("reason", typed.reason());
        page.addObject("format", typed.format());
        page.addObject("text", typed.text());
        page.addObject("mayExportText", SearchExport.mayExportText(staff.member()));
        page.addObject("rowsMax", SearchExport.ROWS_MAX);
        if (!errors.isEmpty()) {
            page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
            page.addObject("errors", errors);
        }
        return page;
    }

    /** The page of results says so, and what to do. */
    @ExceptionHandler
    ModelAndView unavailable(SearchUnavailable away) {
        var page = new ModelAndView("search/gone");
        page.setStatus(HttpStatus.SERVICE_UNAVAILABLE);
        page.addObject("away", true);
        return page;
    }

    private static ModelAndView gone() {
        var page = new ModelAndView("search/gone");
        page.setStatus(HttpStatus.NOT_FOUND);
        return page;
    }
}
