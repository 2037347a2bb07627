package org.postbag.console.mapping;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postbag.audit.Action;
import org.postbag.audit.AuditEvent;
import org.postbag.audit.AuditTrail;
import org.postbag.audit.Subject;
import org.postbag.console.reaching.SampleUploads;
import org.postbag.console.reaching.SampleUploads.Uploaded;
import org.postbag.console.reaching.Samples;
import org.postbag.receiving.Channel;
import org.postbag.receiving.HeldExport;
import org.postbag.receiving.Profiles;
import org.postbag.staff.AllowedTo;
import org.postbag.staff.Notice;
import org.postbag.staff.PageError;
import org.postbag.staff.Role;
import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** A sample of an export is uploaded, for a new profile or one that there is, and deleted before its time. */
@Controller
@Profile("!command")
@RequestMapping(SamplePage.PATH)
@AllowedTo({Role.ROUTE_EDITOR, Role.ROUTE_APPROVER, Role.ADMINISTRATOR})
class SamplePage {

    static final String PATH = ProfilePages.PATH + "/samples";

    /** Words that stand in addresses. */
    private static final List<String> RESERVED = List.of("new", "samples", "held");

    private final Samples samples;
    private final Profiles profiles;
    private final MayChange may;
    private final AuditTrail trail;

    SamplePage(Samples samples, Profiles profiles, MayChange may, AuditTrail trail) {
        this.samples = samples;
        this.profiles = profiles;
        this.may = may;
        this.trail = trail;
    }

    /** Where a sample is chosen. @param channel of a new profile; empty where there is one of that name */
    static ModelAndView upload(String name, Optional<Channel> channel, List<HeldExport> held) {
        var page = new ModelAndView("console/mapping/sample");
        page.addObject("name", name);
        page.addObject("heading", channel.isPresent() ? "New profile" : "Change profile " + name);
        page.addObject("fresh", channel.isPresent());
        page.addObject("channel", channel.map(Channel::code).orElse(""));
        page.addObject("channels", ProfilePages.CHANNELS);
        page.addObject("held", held);
        page.addObject("keptDays", Samples.KEPT_DAYS);
        return page;
    }

    @PostMapping
    ModelAndView upload(
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String channel,
            @RequestParam(defaultValue = "") String fresh,
            HttpServletRequest request,
            RedirectAttributes redirect) {
        boolean isNew = !fresh.isEmpty();
        var typed = name.strip();
        var chosen = Channel.of(channel).filter(ProfilePages.CHANNELS::contains).orElse(Channel.TELEPHONE);
        var errors = new ArrayList<PageError>();
        var wrongName = isNew ? wrongName(typed) : known(typed);
        if (wrongName != null) {
            errors.add(new PageError("name", wrongName));
        }
        var uploaded = SampleUploads.of(request);
        if (uploaded instanceof Uploaded.None(var why)) {
            errors.add(new PageError("file", why));
        }
        if (errors.isEmpty() && uploaded instanceof Uploaded.File file) {
            var id = keep(file);
            if (id.isPresent()) {
                redirect.addAttribute("profile", typed);
                if (isNew) {
                    redirect.addAttribute("channel", chosen.code());
                }
                return new ModelAndView("redirect:" + PATH + "/" + id.get());
            }
            errors.add(new PageError(
                    "file",
                    "There are many samples already. Delete some, or wait until they are: each is kept for a week"));
        }
        return PageError.on(upload(typed, isNew ? Optional.of(chosen) : Optional.empty(), List.of()), errors);
    }

    private Optional<String> keep(Uploaded.File file) {
        try {
            var id = samples.keep(file.name(), file.content());
            id.ifPresent(one -> trail.record(new AuditEvent(
                    may.actor(), Action.RECORDED, new Subject("sample", one), "Uploaded a sample of an export")));
            return id;
        } catch (IOException away) {
            throw new UncheckedIOException(away);
        }
    }

    private @Nullable String wrongName(String name) {
        if (!Profiles.isName(name) || RESERVED.contains(name)) {
            return "Enter a name of small letters, digits and hyphens, such as evening-line";
        }
        return profiles.text(name).isPresent()
                ? "There is a profile of this name already. Change that, or enter another name"
                : null;
    }

    private @Nullable String known(String name) {
        return profiles.text(name).isPresent() ? null : "There is no profile of this name";
    }

    @PostMapping("/{id}/delete")
    String delete(@PathVariable String id, RedirectAttributes redirect) {
        try {
            if (samples.named(id).filter(sample -> sample.held() == null).isEmpty()) {
                throw new ResponseStatusException(HttpStatus.NOT_FOUND);
            }
            samples.delete(id);
        } catch (IOException away) {
            throw new UncheckedIOException(away);
        }
        trail.record(new AuditEvent(may.actor(), Action.DISCARDED, new Subject("sample", id), "Deleted a sample"));
        redirect.addFlashAttribute(Notice.ATTRIBUTE, new Notice("The sample is deleted."));
        return "redirect:" + ProfilePages.PATH;
    }
}
