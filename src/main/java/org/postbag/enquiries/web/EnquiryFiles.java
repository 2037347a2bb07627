package org.postbag.enquiries.web;

import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.postbag.audit.Action;
import org.postbag.audit.AuditEvent;
import org.postbag.audit.AuditTrail;
import org.postbag.audit.Subject;
import org.postbag.enquiries.Enquiries;
import org.postbag.enquiries.Enquiry;
import org.postbag.extracting.Kind;
import org.postbag.normalising.HeaderField;
import org.postbag.normalising.HtmlSanitiser;
import org.postbag.receiving.Channel;
import org.postbag.staff.AllowedTo;
import org.postbag.staff.CurrentStaff;
import org.postbag.staff.Role;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

/** What came with an enquiry: its files to be saved, its source and its HTML. Outside content, so a browser is never let run or guess it. Each look is recorded. */
@Controller
@RequestMapping("/enquiries/{id:[0-9]+}")
@AllowedTo({Role.READER, Role.OFFICER, Role.REVIEWER, Role.DATA_PROTECTION_OFFICER})
class EnquiryFiles {

    /** Nothing runs, nothing is loaded from elsewhere; styles and pictures that the message itself holds are shown. */
    private static final String FRAME_POLICY =
            "default-src 'none'; style-src 'unsafe-inline'; img-src data:%s; form-action 'none'; base-uri 'none'; frame-ancestors 'self'; sandbox";

    /** In the session: the enquiry whose pictures from elsewhere are shown once, since somebody asked for them. */
    private static final String REMOTE_PICTURES_OF = EnquiryFiles.class.getName() + ".remotePicturesOf";

    /** For bytes that are no page of ours. */
    static final String DOWNLOAD_POLICY = "default-src 'none'; sandbox";

    private final Enquiries enquiries;
    private final AuditTrail trail;
    private final CurrentStaff staff;

    EnquiryFiles(Enquiries enquiries, AuditTrail trail, CurrentStaff staff) {
        this.enquiries = enquiries;
        this.trail = trail;
        this.staff = staff;
    }

    @GetMapping("/files/{position:[0-9]+}")
    Object file(@PathVariable long id, @PathVariable int position) {
        try {
            var message = enquiries.read(id);
            if (message.isEmpty() || position >= message.get().attachments().size()) {
                return EnquiryPage.missing();
            }
            var file = message.get().attachments().get(position);
            record(id, Action.DOWNLOADED, "file " + (position + 1));
            return download(file.name(), file.content());
        } catch (IOException away) {
            return away(id);
        }
    }

    @GetMapping("/raw")
    ModelAndView source(@PathVariable long id) {
        try {
            var enquiry = enquiries.byId(id);
            var raw = enquiries.raw(id);
            if (enquiry.isEmpty()) {
                return EnquiryPage.missing();
            }
            if (raw.isEmpty()) {
                return lost(id);
            }
            record(id, Action.LOOKED, "source");
            var page = new ModelAndView("enquiries/raw");
            page.addObject("title", "Source of " + enquiry.get().reference());
            page.addObject("nav", "enquiries");
            page.addObject("back", "/enquiries/" + id);
            page.addObject("download", "/enquiries/" + id + "/raw/download");
            page.addObject("raw", RawText.of(raw.get()));
            page.addObject("headers", enquiry.get().channel() == Channel.EMAIL ? HeaderField.of(raw.get()) : List.of());
            return page;
        } catch (IOException away) {
            return away(id);
        }
    }

    @GetMapping("/raw/download")
    Object sourceDownload(@PathVariable long id) {
        try {
            var enquiry = enquiries.byId(id);
            var raw = enquiries.raw(id);
            if (enquiry.isEmpty()) {
                return EnquiryPage.missing();
            }
            if (raw.isEmpty()) {
                return lost(id);
            }
            record(id, Action.DOWNLOADED, "source");
            return download(enquiry.get().reference() + extension(enquiry.get(), raw.get()), raw.get());
        } catch (IOException away) {
            return away(id);
        }
    }

    @GetMapping("/formatted")
    ModelAndView formatted(@PathVariable long id, HttpSession session) {
        try {
            var enquiry = enquiries.byId(id);
            var html = html(id);
            if (enquiry.isEmpty() || html.isEmpty()) {
                return EnquiryPage.missing();
            }
            var page = new ModelAndView("enquiries/formatted");
            page.addObject("enquiry", enquiry.get());
            var sanitised = HtmlSanitiser.sanitise(html.get());
            boolean withPictures = Long.valueOf(id).equals(session.getAttribute(REMOTE_PICTURES_OF));
            page.addObject("withPictures", withPictures);
            page.addObject("pictures", sanitised.remotePictureCount());
            page.addObject(
                    "blocked", sanitised.blockedRemoteCount() - (withPictures ? sanitised.remotePictureCount() : 0));
            return page;
        } catch (IOException away) {
            return away(id);
        }
    }

    /** Shows the formatted message once with the pictures that its sender keeps elsewhere. Who asked for that is recorded, since the sender may see it. */
    @PostMapping("/formatted/pictures")
    ModelAndView showPictures(@PathVariable long id, HttpSession session) {
        if (enquiries.byId(id).isEmpty()) {
            return EnquiryPage.missing();
        }
        record(id, Action.LOOKED, "pictures from elsewhere");
        session.setAttribute(REMOTE_PICTURES_OF, id);
        return new ModelAndView("redirect:/enquiries/" + id + "/formatted");
    }

    /** The frame's content. The look is recorded here, since this is where the content goes out. */
    @GetMapping("/formatted/content")
    Object formattedContent(@PathVariable long id, HttpSession session) {
        try {
            var html = html(id);
            if (html.isEmpty()) {
                return EnquiryPage.missing();
            }
            record(id, Action.LOOKED, "formatted message");
            boolean withPictures = Long.valueOf(id).equals(session.getAttribute(REMOTE_PICTURES_OF));
            if (withPictures) {
                session.removeAttribute(REMOTE_PICTURES_OF);
            }
            var sanitised = withPictures
                    ? HtmlSanitiser.sanitiseWithRemotePictures(html.get())
                    : HtmlSanitiser.sanitise(html.get());
            return ResponseEntity.ok()
                    .contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8))
                    .header("Content-Security-Policy", FRAME_POLICY.formatted(withPictures ? " https: http:" : ""))
                    .header("Referrer-Policy", "no-referrer")
                    .header("X-Frame-Options", "SAMEORIGIN")
                    .header("X-Content-Type-Options", "nosniff")
                    .header("Cache-Control", "no-store")
                    .body("<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>Message</title></head><body>"
                            + sanitised.html() + "</body></html>");
        } catch (IOException away) {
            return away(id);
        }
    }

    private Optional<String> html(long id) throws IOException {
        return enquiries.read(id).flatMap(message -> Optional.ofNullable(message.html()));
    }

    /** Whatever the type that the sender gave: bytes to save, never a page to open. */
    private static ResponseEntity<byte[]> download(String name, byte[] content) {
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .header("Content-Disposition", DownloadName.disposition(name))
                .header("X-Content-Type-Options", "nosniff")
                .header("Content-Security-Policy", DOWNLOAD_POLICY)
                .header("Cache-Control", "no-store")
                .body(content);
    }

    private static String extension(Enquiry enquiry, byte[] raw) {
        return switch (enquiry.channel()) {
            case EMAIL -> ".eml";
            case WEB_FORM -> ".json";
            case LETTER -> Kind.of(raw).map(Kind::extension).orElse(".bin");
            default -> ".txt";
        };
    }

    private void record(long id, Action action, String detail) {
        trail.record(new AuditEvent(staff.member().actor(), action, Subject.enquiry(id), detail));
    }

    static ModelAndView away(long id) {
        return notRead(id, HttpStatus.SERVICE_UNAVAILABLE);
    }

    /** The store answers, and has no original of an enquiry that is there. */
    private static ModelAndView lost(long id) {
        return notRead(id, HttpStatus.NOT_FOUND).addObject("lost", true);
    }

    private static ModelAndView notRead(long id, HttpStatus status) {
        var page = new ModelAndView("enquiries/away");
        page.setStatus(status);
        page.addObject("back", "/enquiries/" + id);
        return page;
    }
}
