/** Who works here: sign-in, roles and what each may do. */
@ApplicationModule(allowedDependencies = {"settings"})
@NullMarked
package org.postbag.staff;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
