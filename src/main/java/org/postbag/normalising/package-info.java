/** Reads raw items of every medium into one shape, Message, and entries of public lists. Pure: bytes in, values out. */
@ApplicationModule(allowedDependencies = {"receiving", "extracting", "retention"})
@NullMarked
package org.postbag.normalising;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
