/** What the body tells about its work: volumes, time to answer, matching, quarantine, what falls due. Counts and times; no personal data in any. */
@ApplicationModule(
        allowedDependencies = {"figures", "keeping", "contacts", "enquiries", "receiving", "staff", "work", "retention"
        })
@NullMarked
package org.postbag.reports;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
