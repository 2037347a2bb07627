@NullMarked
package org.postbag.console.again;

import org.jspecify.annotations.NullMarked;
