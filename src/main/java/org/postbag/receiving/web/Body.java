package org.postbag.receiving.web;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the public pages say about the body that runs this program.
 *
 * @param telephone the line for what is urgent, as people write it
 * @param telephoneHours when it is answered
 * @param email where people write about their personal data and about these pages
 * @param address for letters, on one line
 * @param replyWorkingDays within how many working days an enquiry is answered
 * @param noticeUpdated when the privacy notice and accessibility statement were last looked at, in words
 * @param suppliers who handles personal data for the body, under contract
 */
@ConfigurationProperties("postbag.body")
record Body(
        String name,
        String telephone,
        String telephoneHours,
        String email,
        String address,
        int replyWorkingDays,
        String noticeUpdated,
        @DefaultValue List<Supplier> suppliers) {

    /** @param does what they do with personal data, completing "which ..." */
    record Supplier(String name, String does) {}
}
