package org.postbag.console.changing;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.postbag.audit.Action;
import org.postbag.audit.AuditEvent;
import org.postbag.audit.AuditTrail;
import org.postbag.audit.Subject;
import org.postbag.console.reaching.LookTrail;
import org.postbag.console.reaching.SampleUploads;
import org.postbag.console.reaching.SampleUploads.Uploaded;
import org.postbag.console.reaching.Samples;
import org.postbag.staff.AllowedTo;
import org.postbag.staff.CurrentStaff;
import org.postbag.staff.Notice;
import org.postbag.staff.PageError;
import org.postbag.staff.Role;
import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Samples of one's own for a route's draft: uploaded, put through its steps, and shown as the enquiries that they would make. */
@Controller
@Profile("!command")
@AllowedTo({Role.ROUTE_EDITOR, Role.ROUTE_APPROVER, Role.ADMINISTRATOR})
class DraftSamplesPage {

    private static final int SAMPLES_MAX = 5;
    private static final String PATH =
            "/routes/changes/route/{name:[a-z0-9][a-z0-9-]{0,62}}/{number:[0-9]{1,6}}/samples";
    private static final String ONE = PATH + "/{id}";

    private final Versions versions;
    private final VersionPage versionPage;
    private final RouteSamples routeSamples;
    private final Samples samples;
    private final LookTrail looks;
    private final AuditTrail trail;
    private final CurrentStaff staff;

    DraftSamplesPage(
            Versions versions,
            VersionPage versionPage,
            RouteSamples routeSamples,
            Samples samples,
            LookTrail looks,
            AuditTrail trail,
            CurrentStaff staff) {
        this.versions = versions;
        this.versionPage = versionPage;
        this.routeSamples = routeSamples;
        this.samples = samples;
        this.looks = looks;
        this.trail = trail;
        this.staff = staff;
    }

    @PostMapping(PATH)
    ModelAndView upload(
            @PathVariable String name,
            @PathVariable int number,
            HttpServletRequest request,
            RedirectAttributes redirect) {
        var version = versions.byNumber(RouteChanges.KIND, name, number);
        if (version.isEmpty()) {
            return VersionPage.missing();
        }
        if (!Steps.open().contains(version.get().state())) {
            redirect.addFlashAttribute(
                    Notice.ATTRIBUTE, Notice.refusal("Samples are tried on a version that is on its way."));
            return new ModelAndView("redirect:" + self(name, number));
        }
        return switch (SampleUploads.of(request)) {
            case Uploaded.None(var why) -> again(name, number, why);
            case Uploaded.File file -> {
                if (routeSamples.of(name).size() >= SAMPLES_MAX) {
                    yield again(name, number, "There are " + SAMPLES_MAX + " samples already. Delete one first");
                }
                yield keep(name, file)
                        .map(id -> new ModelAndView("redirect:" + self(name, number) + "/samples/" + id))
                        .orElseGet(
                                () -> again(
                                        name,
                                        number,
                                        "There is no room for more samples. Delete some, or wait until they are: each is kept for a week"));
            }
        };
    }

    private ModelAndView again(String name, int number, String why) {
        return new PageError("file", why).on(versionPage.version(RouteChanges.KIND, name, number));
    }

    /** What nobody could be told to have uploaded isn't kept. */
    private Optional<String> keep(String name, Uploaded.File file) {
        try {
            var id = samples.keepFor(name, file.name(), file.content());
            if (id.isPresent()) {
                try {
                    record(name, Action.RECORDED, "uploaded a sample of an item");
                } catch (RuntimeException unrecorded) {
                    samples.delete(id.get());
                    throw unrecorded;
                }
            }
            return id;
        } catch (IOException away) {
            throw new UncheckedIOException(away);
        }
    }

    private void record(String name, Action action, String detail) {
        trail.record(new AuditEvent(staff.member().actor(), action, new Subject(RouteChanges.KIND, name), detail));
    }

    @GetMapping(ONE)
    ModelAndView look(@PathVariable String name, @PathVariable int number, @PathVariable String id) {
        var version = versions.byNumber(RouteChanges.KIND, name, number);
        var own = own(name, id);
        if (version.isEmpty() || own.isEmpty()) {
            return gone(name, version.isPresent() ? self(name, number) : ChangesPage.PATH);
        }
        var page = new ModelAndView("console/draft-sample");
        page.addObject("version", version.get());
        page.addObject("own", own.get());
        page.addObject("self", self(name, number));
        boolean passed = DraftSamplesApi.isPassed(version.get());
        page.addObject("passed", passed);
        if (passed) {
            var found = RouteForm.read(version.get().text()).flatMap(form -> routeSamples.become(form, own.get()));
            page.addObject("found", looks.recorded(name, own.get().label(), found.orElse(List.of())));
        }
        return page;
    }

    private Optional<RouteSamples.Own> own(String name, String id) {
        return routeSamples.of(name).stream()
                .filter(one -> one.sample().id().equals(id))
                .findFirst();
    }

    @PostMapping(ONE + "/delete")
    ModelAndView delete(
            @PathVariable String name, @PathVariable int number, @PathVariable String id, RedirectAttributes redirect) {
        if (own(name, id).isEmpty()) {
            return gone(name, self(name, number));
        }
        try {
            samples.delete(id);
        } catch (IOException away) {
            throw new UncheckedIOException(away);
        }
        record(name, Action.DISCARDED, "deleted a sample of an item");
        redirect.addFlashAttribute(Notice.ATTRIBUTE, new Notice("The sample is deleted."));
        return new ModelAndView("redirect:" + self(name, number));
    }

    private static ModelAndView gone(String name, String back) {
        var page = new ModelAndView("console/no-sample");
        page.setStatus(HttpStatus.NOT_FOUND);
        page.addObject("name", name);
        page.addObject("back", back);
        return page;
    }

    private static String self(String name, int number) {
        return Versions.page(RouteChanges.KIND, name, number);
    }
}
