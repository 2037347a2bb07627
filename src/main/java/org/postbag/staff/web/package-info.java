/** Pages of staff's own: signing in, what is shown when something is refused or missing, and who may do what. */
@NullMarked
package org.postbag.staff.web;

import org.jspecify.annotations.NullMarked;
