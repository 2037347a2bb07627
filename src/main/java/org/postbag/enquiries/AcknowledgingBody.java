package org.postbag.enquiries;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What an acknowledgement says about the body that runs this program; the public pages say the same.
 *
 * @param telephone the line for what is urgent, as people write it
 * @param replyWorkingDays within how many working days an enquiry is answered
 */
@ConfigurationProperties("postbag.body")
record AcknowledgingBody(String name, String telephone, String telephoneHours, String email, int replyWorkingDays) {}
