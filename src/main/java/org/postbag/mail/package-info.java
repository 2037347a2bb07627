/** The body's own mail servers: signing in to them, saying what is wrong with them, and sending by them. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package org.postbag.mail;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
