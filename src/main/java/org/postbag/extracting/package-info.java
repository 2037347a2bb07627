/** Opens files from outside (scans, PDF, Office) and reads their text, in a process of its own under limits of time and memory. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package org.postbag.extracting;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
