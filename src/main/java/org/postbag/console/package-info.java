/** The ways in, run without a programmer: reads connectors and routes, starts and stops them. */
@ApplicationModule(
        allowedDependencies = {
            "search",
            "keeping",
            "enquiries",
            "contacts",
            "normalising",
            "receiving",
            "receiving :: exports",
            "receiving :: mailbox",
            "receiving :: messages",
            "receiving :: sftp",
            "staff",
            "audit",
            "work",
            "retention"
        })
@NullMarked
package org.postbag.console;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
