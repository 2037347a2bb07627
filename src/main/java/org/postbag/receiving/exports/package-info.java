/** The watched folders: exports are cut into rows, each an item of its own, and reported on; or held whole. */
@NamedInterface("exports")
@NullMarked
package org.postbag.receiving.exports;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
