/** The trail: who did or saw what, and when. Append-only. */
@ApplicationModule(allowedDependencies = {"staff"})
@NullMarked
package org.postbag.audit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
