/** Where PostgreSQL is in production, and what is said of it where it isn't what the settings say. Try mode brings its own. */
@ApplicationModule(allowedDependencies = {"settings"})
@NullMarked
package org.postbag.database;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
