/** How a channel's transport is reached: connectors and their parameters, secrets, tests of a connection, samples run through their steps. */
@NullMarked
package org.postbag.console.reaching;

import org.jspecify.annotations.NullMarked;
