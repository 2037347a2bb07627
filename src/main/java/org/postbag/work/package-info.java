/** Work that a change leaves behind for later: what to index. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package org.postbag.work;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
