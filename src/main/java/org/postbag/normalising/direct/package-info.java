/** Readers of direct messages, one a platform. */
@NullMarked
package org.postbag.normalising.direct;

import org.jspecify.annotations.NullMarked;
