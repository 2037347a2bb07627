/** How a request is let in or refused: sign-in, sessions, tokens, networks, roles. */
@NullMarked
package org.postbag.staff.access;

import org.jspecify.annotations.NullMarked;
