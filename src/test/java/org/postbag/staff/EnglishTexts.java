package org.postbag.staff;

import java.nio.charset.StandardCharsets;
import org.springframework.context.support.ResourceBundleMessageSource;

/** The texts of staff's pages, for tests that start no application. */
public final class EnglishTexts {

    private EnglishTexts() {}

    public static StaffTexts texts() {
        var messages = new ResourceBundleMessageSource();
        messages.setBasenames("staff/layout", "staff/search", "staff/enquiries", "staff/queues", "staff/contacts");
        messages.setDefaultEncoding(StandardCharsets.UTF_8.name());
        messages.setFallbackToSystemLocale(false);
        return new StaffTexts(messages);
    }
}
