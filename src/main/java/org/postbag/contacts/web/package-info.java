/** Staff's pages of contacts and of what to review. */
@NullMarked
package org.postbag.contacts.web;

import org.jspecify.annotations.NullMarked;
