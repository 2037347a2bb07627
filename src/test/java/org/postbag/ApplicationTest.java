package org.postbag;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.ContextConfiguration;

/** A test against the whole program in try mode, on a port and data folder of its own. Tests with equal properties share one program. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("application")
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "postbag.try.feed=false")
@ContextConfiguration(initializers = TemporaryData.class)
@ActiveProfiles("try")
public @interface ApplicationTest {}
