package org.postbag.staff;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * This handler can do its work while the database is away: whoever was signed in goes on as they were when they signed in. It shows nothing of the record
 * and changes nothing in it by itself.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface WithoutDatabase {

    /** The attribute that a request has where the database was found to be away: nothing more is asked of it then. */
    String AWAY = "org.postbag.staff.database-away";
}
