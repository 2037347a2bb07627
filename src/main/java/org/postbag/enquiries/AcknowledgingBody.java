package org.postbag.enquiries;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What an acknowledgement says about the body that runs this program; the public pages say the same. What it says in Welsh is null where the English is said.
 *
 * @param telephone the line for what is urgent, as people write it
 * @param replyWorkingDays within how many working days an enquiry is answered
 */
@ConfigurationProperties("postbag.body")
record AcknowledgingBody(
        String name,
        @Nullable String welshName,
        String telephone,
        String telephoneHours,
        @Nullable String welshTelephoneHours,
        String email,
        int replyWorkingDays) {

    String nameIn(String language) {
        return welshName != null && language.equals(AcknowledgementMail.WELSH) ? welshName : name;
    }

    String telephoneHoursIn(String language) {
        return welshTelephoneHours != null && language.equals(AcknowledgementMail.WELSH)
                ? welshTelephoneHours
                : telephoneHours;
    }
}
