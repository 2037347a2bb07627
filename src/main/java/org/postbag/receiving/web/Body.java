package org.postbag.receiving.web;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.format.annotation.DateTimeFormat;

/**
 * What the public pages say about the body that runs this program. What it says in Welsh is null where Welsh pages say the English.
 *
 * @param telephone the line for what is urgent, as people write it
 * @param telephoneHours when it is answered
 * @param email where people write about their personal data and about these pages
 * @param address for letters, on one line
 * @param replyWorkingDays within how many working days an enquiry is answered
 * @param noticeUpdated when the privacy notice and accessibility statement were last looked at
 * @param suppliers who handles personal data for the body, under contract
 */
@ConfigurationProperties("postbag.body")
record Body(
        String name,
        @Nullable String welshName,
        String telephone,
        String telephoneHours,
        @Nullable String welshTelephoneHours,
        String email,
        String address,
        @Nullable String welshAddress,
        int replyWorkingDays,
        @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) LocalDate noticeUpdated,
        @DefaultValue List<Supplier> suppliers) {

    /**
     * @param does what they do with personal data, completing "which ..."
     * @param welshDoes the same, completing "sy’n ..."
     */
    record Supplier(
            String name,
            @Nullable String welshName,
            String does,
            @Nullable String welshDoes) {}

    /** The same, with the words of a language as the words. */
    Body in(PublicLanguage language) {
        if (language == PublicLanguage.ENGLISH) {
            return this;
        }
        return new Body(
                welshName == null ? name : welshName,
                welshName,
                telephone,
                welshTelephoneHours == null ? telephoneHours : welshTelephoneHours,
                welshTelephoneHours,
                email,
                welshAddress == null ? address : welshAddress,
                welshAddress,
                replyWorkingDays,
                noticeUpdated,
                suppliers);
    }
}
