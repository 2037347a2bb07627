/** Until when records are kept, and by which rule. Pure. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package org.postbag.retention;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
