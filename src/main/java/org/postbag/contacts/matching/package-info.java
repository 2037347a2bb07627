/** Whether two records are of one person or office: comparing, learning without labels, and grouping. Pure: records in, explained decisions out. */
@NamedInterface("matching")
@NullMarked
package org.postbag.contacts.matching;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
