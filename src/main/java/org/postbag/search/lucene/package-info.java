/** Search inside the process, for one node: Lucene on local disk. */
@NullMarked
package org.postbag.search.lucene;

import org.jspecify.annotations.NullMarked;
