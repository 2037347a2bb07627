/** The public pages and the public endpoint: the web-form channel. */
@NullMarked
package org.postbag.receiving.web;

import org.jspecify.annotations.NullMarked;
