/** Finding enquiries: the index finds, PostgreSQL shows. */
@ApplicationModule(
        allowedDependencies = {
            "enquiries",
            "enquiries :: location",
            "contacts",
            "figures",
            "normalising",
            "receiving",
            "staff",
            "audit",
            "work",
            "retention",
            "settings"
        })
@NullMarked
package org.postbag.search;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
