package org.postbag.receiving.web;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Finds the language in which somebody is answered. */
@Component
class Phrasebook {

    private final MessageSource messages;
    private final VisitorLanguage visitors;

    Phrasebook(MessageSource messages, VisitorLanguage visitors) {
        this.messages = messages;
        this.visitors = visitors;
    }

    Phrases of(HttpServletRequest request) {
        return new Phrases(messages, visitors.of(request));
    }

    /** For programs, whose documentation is in English. */
    Phrases english() {
        return new Phrases(messages, PageLanguage.ENGLISH);
    }
}
