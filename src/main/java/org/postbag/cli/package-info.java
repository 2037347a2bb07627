/** The command line: with a first word the program does one thing and ends. */
@ApplicationModule(
        allowedDependencies = {
            "console",
            "backlog",
            "search",
            "keeping",
            "enquiries",
            "contacts",
            "contacts :: matching",
            "normalising",
            "receiving",
            "receiving :: exports",
            "receiving :: messages",
            "extracting",
            "staff",
            "audit",
            "work",
            "retention",
            "embedded"
        })
@NullMarked
package org.postbag.cli;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
