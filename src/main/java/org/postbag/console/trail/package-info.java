/** What was done with the ways in and all that belongs to them, read in one place. */
@NullMarked
package org.postbag.console.trail;

import org.jspecify.annotations.NullMarked;
