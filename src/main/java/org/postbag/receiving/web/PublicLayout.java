package org.postbag.receiving.web;

import jakarta.servlet.http.HttpServletRequest;
import org.postbag.staff.OpenToPublic;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** What every public page needs, error pages too: its {@code language}, its {@code phrases} and the {@code body} that runs this program. */
@ControllerAdvice(annotations = OpenToPublic.class)
class PublicLayout {

    private final Phrasebook phrasebook;
    private final Body body;

    PublicLayout(Phrasebook phrasebook, Body body) {
        this.phrasebook = phrasebook;
        this.body = body;
    }

    @ModelAttribute("language")
    PageLanguage language(HttpServletRequest request) {
        return phrasebook.of(request).language();
    }

    @ModelAttribute("phrases")
    Phrases phrases(HttpServletRequest request) {
        return phrasebook.of(request);
    }

    @ModelAttribute("body")
    Body body(HttpServletRequest request) {
        return body.in(phrasebook.of(request).language().current());
    }
}
