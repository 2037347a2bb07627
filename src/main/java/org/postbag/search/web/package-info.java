/** Searching, and reading the record, for staff and for programs. */
@NullMarked
package org.postbag.search.web;

import org.jspecify.annotations.NullMarked;
