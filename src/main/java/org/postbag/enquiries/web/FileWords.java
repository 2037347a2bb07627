package org.postbag.enquiries.web;

import org.postbag.enquiries.Enquiry;
import org.postbag.extracting.FileText;
import org.postbag.staff.StaffTexts;
import org.postbag.staff.Wording;
import org.springframework.stereotype.Component;

/** What pages say of a file that came with an enquiry; templates use it as {@code @fileWords}. */
@Component("fileWords")
class FileWords {

    private final StaffTexts texts;
    private final Wording wording;

    FileWords(StaffTexts texts, Wording wording) {
        this.texts = texts;
        this.wording = wording;
    }

    /** Whether it is found by what it says. */
    public String text(Enquiry.File file) {
        var state = file.textState();
        if (state == null) {
            return texts.say("files.text.not-yet");
        }
        return FileText.Reason.of(state)
                .map(reason -> texts.say("files.text.not-read", texts.label(reason)))
                .orElseGet(() -> texts.say("files.text.read"));
    }

    /** Its size and kind, and whether its text was read. */
    public String about(Enquiry.File file) {
        return wording.size(file.size()) + " · " + wording.fileType(file.type()) + " · " + text(file);
    }
}
