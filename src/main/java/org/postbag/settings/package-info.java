/** What the program says, in one line, when it can't start with the settings that it was given. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package org.postbag.settings;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
