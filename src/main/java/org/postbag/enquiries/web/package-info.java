/** Staff's pages of enquiries and of quarantine, and quarantine's API. */
@NullMarked
package org.postbag.enquiries.web;

import org.jspecify.annotations.NullMarked;
