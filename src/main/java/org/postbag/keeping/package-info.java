/** Keeping records exactly as long as the law allows: the nightly job that does what is due. */
@ApplicationModule(
        allowedDependencies = {
            "enquiries",
            "contacts",
            "normalising",
            "receiving",
            "staff",
            "audit",
            "work",
            "retention"
        })
@NullMarked
package org.postbag.keeping;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
