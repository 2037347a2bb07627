package org.postbag.console;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.postbag.staff.AllowedTo;
import org.postbag.staff.Role;

/** Who sees what was changed of the ways in, and by whom. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@AllowedTo({
    Role.ROUTE_VIEWER,
    Role.ROUTE_OPERATOR,
    Role.ROUTE_EDITOR,
    Role.ROUTE_APPROVER,
    Role.ADMINISTRATOR,
    Role.DATA_PROTECTION_OFFICER
})
public @interface SeesChanges {}
