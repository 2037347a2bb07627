package org.postbag.enquiries.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postbag.audit.Action;
import org.postbag.audit.AuditEvent;
import org.postbag.audit.AuditTrail;
import org.postbag.audit.Subject;
import org.postbag.enquiries.Enquiries;
import org.postbag.extracting.FileReading;
import org.postbag.extracting.FileText;
import org.postbag.extracting.Kind;
import org.postbag.extracting.PagePicture;
import org.postbag.normalising.Attachment;
import org.postbag.normalising.Message;
import org.postbag.receiving.Channel;
import org.postbag.staff.AbusiveWords;
import org.postbag.staff.AllowedTo;
import org.postbag.staff.CurrentStaff;
import org.postbag.staff.Role;
import org.postbag.staff.StaffTexts;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

/**
 * What came with an enquiry, to be looked at: pages of PDFs, pictures and scans as pictures that we drew, all else by the text that was read from it. No
 * byte of a file from outside reaches the browser, so nothing in one can run there. Each look is recorded.
 */
@Controller
@RequestMapping("/enquiries/{id:[0-9]+}")
@AllowedTo({Role.READER, Role.OFFICER, Role.REVIEWER, Role.DATA_PROTECTION_OFFICER})
class FilePreview {

    private static final int PAGE_WIDTH = 1600;
    private static final int THUMBNAIL_WIDTH = 360;
    private static final int THUMBNAILS_MAX = 24;
    private static final int TEXT_SHOWN_LENGTH_MAX = 100_000;

    private final Enquiries enquiries;
    private final FileReading reading;
    private final AuditTrail trail;
    private final CurrentStaff staff;
    private final StaffTexts texts;
    private final FileWords words;

    FilePreview(
            Enquiries enquiries,
            FileReading reading,
            AuditTrail trail,
            CurrentStaff staff,
            StaffTexts texts,
            FileWords words) {
        this.enquiries = enquiries;
        this.reading = reading;
        this.trail = trail;
        this.staff = staff;
        this.texts = texts;
        this.words = words;
    }

    /**
     * What a page shows of a file.
     *
     * @param name under which it is saved
     * @param about its size and kind, and whether its text was read, in words
     * @param path of its pages, without their number
     * @param download where it is to be had whole
     * @param text what it says, or null where that is not known
     */
    record Shown(
            String name,
            String about,
            String path,
            String download,
            @Nullable String text) {

        public boolean abusive() {
            return text != null && AbusiveWords.in(text);
        }

        public boolean textCut() {
            return text != null && text.length() >= TEXT_SHOWN_LENGTH_MAX;
        }
    }

    /** All of a message's files, small. */
    @GetMapping("/files")
    ModelAndView all(@PathVariable long id) {
        var enquiry = enquiries.byId(id);
        if (enquiry.isEmpty()) {
            return EnquiryPage.missing();
        }
        var page = new ModelAndView("enquiries/previews");
        page.addObject("enquiry", enquiry.get());
        page.addObject(
                "files", enquiries.files(id).stream().map(EnquiryPage::named).toList());
        page.addObject("thumbnailsMax", THUMBNAILS_MAX);
        record(id, "names of files");
        return page;
    }

    @GetMapping("/files/{position:[0-9]{1,5}}/pages/{number:[0-9]{1,6}}")
    ModelAndView file(@PathVariable long id, @PathVariable int position, @PathVariable int number) {
        try {
            var attachment = attachment(id, position);
            var file = enquiries.files(id).stream()
                    .filter(one -> one.position() == position)
                    .findFirst();
            if (attachment.isEmpty() || file.isEmpty()) {
                return EnquiryPage.missing();
            }
            var named = EnquiryPage.named(file.get());
            var path = "/enquiries/" + id + "/files/" + position;
            var text = enquiries.fileText(id, position, TEXT_SHOWN_LENGTH_MAX).filter(says -> !says.isBlank());
            var shown = new Shown(named.name(), words.about(named), path + "/pages/", path, text.orElse(null));
            var picture = isDrawn(attachment.get()) ? drawn(attachment.get().content(), number) : null;
            record(id, "file " + (position + 1) + (number > 1 ? ", page " + number : ""));
            return page(id, shown, picture, number);
        } catch (IOException | UncheckedIOException away) {
            return EnquiryFiles.away(id);
        }
    }

    /** A page of a letter's scan, beside what OCR made of it. */
    @GetMapping("/pages/{number:[0-9]{1,6}}")
    ModelAndView scan(@PathVariable long id, @PathVariable int number) {
        try {
            var letter = enquiries.byId(id).filter(enquiry -> enquiry.channel() == Channel.LETTER);
            var raw = letter.isEmpty() ? Optional.<byte[]>empty() : enquiries.raw(id);
            if (letter.isEmpty() || raw.isEmpty()) {
                return EnquiryPage.missing();
            }
            var path = "/enquiries/" + id;
            var text = letter.get().text();
            var shown = new Shown(
                    texts.say("preview.scan", letter.get().reference()),
                    texts.say("preview.scan.about"),
                    path + "/pages/",
                    path + "/raw/download",
                    text.isBlank() ? null : text.substring(0, Math.min(text.length(), TEXT_SHOWN_LENGTH_MAX)));
            var picture = drawn(raw.get(), number);
            record(id, "scan, page " + number);
            return page(id, shown, picture, number);
        } catch (IOException | UncheckedIOException away) {
            return EnquiryFiles.away(id);
        }
    }

    /** Nothing where there is no picture: a list of files shows their names all the same. */
    @GetMapping("/files/{position:[0-9]{1,5}}/thumbnail")
    Object thumbnail(@PathVariable long id, @PathVariable int position) {
        try {
            var attachment = attachment(id, position);
            if (attachment.isEmpty()) {
                return EnquiryPage.missing();
            }
            var picture = isDrawn(attachment.get())
                    ? reading.picture(attachment.get().content(), 0, THUMBNAIL_WIDTH)
                    : new PagePicture.NotShown(FileText.Reason.OTHER_KIND);
            if (!(picture instanceof PagePicture.Shown shown)) {
                return ResponseEntity.noContent().build();
            }
            record(id, "file " + (position + 1) + ", small");
            return ResponseEntity.ok()
                    .contentType(MediaType.parseMediaType(shown.type()))
                    .header("Content-Disposition", "inline")
                    .header("X-Content-Type-Options", "nosniff")
                    .header("Content-Security-Policy", EnquiryFiles.DOWNLOAD_POLICY)
                    .header("Cache-Control", "no-store")
                    .body(shown.picture());
        } catch (IOException | UncheckedIOException away) {
            return EnquiryFiles.away(id);
        }
    }

    private Optional<Attachment> attachment(long id, int position) throws IOException {
        return enquiries
                .read(id)
                .map(Message::attachments)
                .filter(all -> position < all.size())
                .map(all -> all.get(position));
    }

    /** Told by its bytes. A text may begin as a bitmap does, or speak of PDF. */
    private static boolean isDrawn(Attachment attachment) {
        var content = attachment.content();
        return Kind.of(content).isPresent()
                && (Kind.isNoText(content) || !attachment.type().startsWith("text/"));
    }

    private PagePicture drawn(byte[] content, int number) {
        return reading.picture(content, number - 1, PAGE_WIDTH);
    }

    /** The picture lies in the page itself: who looks asks once, is recorded once, and is told at once what is wrong with the file. */
    private ModelAndView page(long id, Shown shown, @Nullable PagePicture picture, int number) {
        var page = new ModelAndView("enquiries/preview");
        page.addObject("back", "/enquiries/" + id);
        page.addObject("file", shown);
        page.addObject("number", number);
        switch (picture) {
            case null -> page.addObject("pageCount", 0);
            case PagePicture.Shown drawn -> {
                int pageCount = drawn.pageCount();
                var bytes = Base64.getEncoder().encodeToString(drawn.picture());
                page.addObject("pageCount", pageCount);
                page.addObject("picture", "data:" + drawn.type() + ";base64," + bytes);
                page.addObject("before", number > 1 ? shown.path() + (number - 1) : null);
                page.addObject("after", number < pageCount ? shown.path() + (number + 1) : null);
            }
            case PagePicture.NotShown(var reason) -> {
                page.addObject("pageCount", 0);
                page.addObject("why", texts.label(reason));
                if (reason == FileText.Reason.NO_PAGE) {
                    page.setStatus(HttpStatus.NOT_FOUND);
                }
            }
        }
        return page;
    }

    private void record(long id, String detail) {
        trail.record(new AuditEvent(staff.member().actor(), Action.LOOKED, Subject.enquiry(id), detail));
    }
}
