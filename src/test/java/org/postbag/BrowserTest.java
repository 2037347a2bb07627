package org.postbag;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test of the whole program in try mode through a real Chromium: its methods take a {@link Browsing}. On a machine without a browser one is installed
 * where that can be done, else the test fails; it is never skipped.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("browser")
@ApplicationTest
@ExtendWith(BrowsingExtension.class)
public @interface BrowserTest {}
