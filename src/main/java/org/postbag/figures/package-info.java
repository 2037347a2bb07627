/** Figures as staff read them: a table, a chart of it made on the server, and a file. Pure, and without personal data. */
@ApplicationModule(allowedDependencies = {"staff"})
@NullMarked
package org.postbag.figures;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
