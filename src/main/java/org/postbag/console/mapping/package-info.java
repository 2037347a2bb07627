/** Profiles of exports and the contact form's questions, changed by choosing: samples, suggestions, and what would be filed. */
@NullMarked
package org.postbag.console.mapping;

import org.jspecify.annotations.NullMarked;
