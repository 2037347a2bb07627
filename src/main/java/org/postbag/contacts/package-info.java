/** Who wrote: contacts, their identifiers, and how an item finds its contact. */
@ApplicationModule(allowedDependencies = {"figures", "normalising", "receiving", "staff", "audit", "work", "retention"})
@NullMarked
package org.postbag.contacts;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
