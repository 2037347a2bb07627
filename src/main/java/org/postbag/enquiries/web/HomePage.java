package org.postbag.enquiries.web;

import java.util.List;
import org.postbag.audit.Action;
import org.postbag.audit.AuditEvent;
import org.postbag.audit.AuditTrail;
import org.postbag.audit.Subject;
import org.postbag.enquiries.FilesNotRead;
import org.postbag.enquiries.HomeLight;
import org.postbag.enquiries.Queues;
import org.postbag.receiving.ReconciliationLights;
import org.postbag.staff.CurrentStaff;
import org.postbag.staff.OpenToStaff;
import org.postbag.staff.PageAccess;
import org.postbag.staff.StaffMember;
import org.postbag.staff.StaffTexts;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/**
 * The first page: what needs a person, what came in, and whether all of it is accounted for. Counts hold no content, so every role sees them; links only
 * where they lead somewhere. What is urgent is named, to those who work on it.
 */
@Controller
@OpenToStaff
class HomePage {

    private static final int URGENT_SHOWN_MAX = 5;

    private final HomeFigures figures;
    private final Arrivals arrivals;
    private final Queues queues;
    private final FilesNotRead filesNotRead;
    private final ReconciliationLights lights;
    private final List<HomeLight> parts;
    private final PageAccess access;
    private final AuditTrail trail;
    private final CurrentStaff staff;
    private final StaffTexts texts;

    HomePage(
            HomeFigures figures,
            Arrivals arrivals,
            Queues queues,
            FilesNotRead filesNotRead,
            ReconciliationLights lights,
            List<HomeLight> parts,
            PageAccess access,
            AuditTrail trail,
            CurrentStaff staff,
            StaffTexts texts) {
        this.figures = figures;
        this.arrivals = arrivals;
        this.queues = queues;
        this.filesNotRead = filesNotRead;
        this.lights = lights;
        this.parts = parts;
        this.access = access;
        this.trail = trail;
        this.staff = staff;
        this.texts = texts;
    }

    @GetMapping("/")
    String home(Model model) {
        var member = staff.member();
        var shared = figures.shared();
        var needs = figures.needs(shared, member);
        model.addAttribute("received", shared.received());
        model.addAttribute("chart", shared.received().chart(texts));
        model.addAttribute("table", shared.received().table(texts));
        model.addAttribute("needs", needs);
        model.addAttribute("urgent", urgent(shared, member));
        model.addAttribute("urgentMore", Math.max(0, shared.urgent() - URGENT_SHOWN_MAX));
        model.addAttribute("stamp", arrivals.stamp(shared, needs));
        boolean seesLights = access.mayOpen("/api/reconciliation", member);
        model.addAttribute("lights", seesLights ? lights.latest() : null);
        model.addAttribute(
                "parts",
                parts.stream()
                        .flatMap(part -> part.shown(member).stream())
                        .filter(part -> seesLights || !part.good())
                        .toList());
        model.addAttribute("filesNotRead", access.mayOpen(FilesNotReadPage.PATH, member) ? filesNotRead.count() : 0);
        return "enquiries/home";
    }

    /** The oldest of them. What is read here is in the trail like a queue. */
    private List<Queues.Line> urgent(HomeFigures.Shared shared, StaffMember member) {
        if (shared.urgent() == 0 || !access.mayOpen(QueuePage.PATH, member)) {
            return List.of();
        }
        trail.record(new AuditEvent(member.actor(), Action.LOOKED, new Subject("queue", "urgent"), "home"));
        return queues.urgent(member, URGENT_SHOWN_MAX);
    }
}
