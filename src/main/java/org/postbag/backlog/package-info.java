/** What lay elsewhere before Postbag was there: mails and exports are read where they lie and taken in as if they had come by their channel. */
@ApplicationModule(allowedDependencies = {"normalising", "receiving", "receiving :: exports", "staff", "audit"})
@NullMarked
package org.postbag.backlog;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
