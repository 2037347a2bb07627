/** Filing: from a receipt to an enquiry on a contact, in one transaction a batch; and quarantine for what cannot be filed. */
@ApplicationModule(
        allowedDependencies = {
            "contacts",
            "normalising",
            "receiving",
            "extracting",
            "figures",
            "mail",
            "staff",
            "audit",
            "work",
            "retention",
            "settings"
        })
@NullMarked
package org.postbag.enquiries;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
