/** What is due, for programs. */
@NullMarked
package org.postbag.keeping.web;

import org.jspecify.annotations.NullMarked;
