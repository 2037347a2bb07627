/** The way in: an item's identity, its raw bytes, its receipt. The source is acknowledged only after these are durable. */
@ApplicationModule(allowedDependencies = {"settings", "mail", "staff", "audit", "work", "retention", "extracting"})
@NullMarked
package org.postbag.receiving;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
