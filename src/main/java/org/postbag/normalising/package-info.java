/** Reads raw items of every medium into one shape, Message. Pure: bytes in, values out. */
@ApplicationModule(allowedDependencies = {"receiving", "extracting"})
@NullMarked
package org.postbag.normalising;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
