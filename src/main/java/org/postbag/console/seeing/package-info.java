/** How the ways in are: all of them on one page, each with its steps and its source; alarms; tracing. What a source says is gathered at its polls, so that no page waits for one. */
@NullMarked
package org.postbag.console.seeing;

import org.jspecify.annotations.NullMarked;
