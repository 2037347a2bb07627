/** The servers that try mode runs inside the program, and the sample day it feeds in. */
@ApplicationModule(allowedDependencies = {"receiving", "staff"})
@NullMarked
package org.postbag.embedded;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
