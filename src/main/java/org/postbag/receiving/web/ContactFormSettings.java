package org.postbag.receiving.web;

import java.util.List;
import org.postbag.receiving.ContactForm;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * @param topics what people choose from to say what they write about, where no file in {@code postbag.forms} says it
 * @param formsPerHour how many forms one network may send in an hour, a fifth of them at once
 * @param filesPerHour how much one network may send with them in an hour
 * @param freeSpaceMin how much must stay free on the raw store's disk: below it forms are taken in without files
 */
@ConfigurationProperties("postbag.contact-form")
record ContactFormSettings(
        @DefaultValue List<String> topics,
        @DefaultValue("600") int formsPerHour,
        @DefaultValue("200MB") DataSize filesPerHour,
        @DefaultValue("1GB") DataSize freeSpaceMin) {

    ContactFormSettings {
        if (formsPerHour < 1) {
            throw new IllegalArgumentException("postbag.contact-form.forms-per-hour: at least 1");
        }
        if (filesPerHour.toBytes() < ContactForm.FILES_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "postbag.contact-form.files-per-hour: at least what one form may hold, 20MB");
        }
    }
}
