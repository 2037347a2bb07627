@NullMarked
package org.postbag;

import org.jspecify.annotations.NullMarked;
