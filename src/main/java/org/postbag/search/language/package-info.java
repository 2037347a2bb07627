/** What staff type, read into a tree that any engine can be asked from. Pure. */
@NullMarked
package org.postbag.search.language;

import org.jspecify.annotations.NullMarked;
