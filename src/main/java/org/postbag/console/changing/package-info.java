/**
 * What is changed in the console without a programmer: routes, profiles, topic questions. Each text is kept as a version, checked, approved by a second
 * person and only then in force.
 */
@NullMarked
package org.postbag.console.changing;

import org.jspecify.annotations.NullMarked;
