/** The call by which the command asks the program that runs. */
@NullMarked
package org.postbag.backlog.web;

import org.jspecify.annotations.NullMarked;
