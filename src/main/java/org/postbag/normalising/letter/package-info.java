/** Reads scanned letters. */
@NullMarked
package org.postbag.normalising.letter;

import org.jspecify.annotations.NullMarked;
