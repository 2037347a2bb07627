package org.postbag.staff;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Any member of staff may call this controller or method, whatever their role. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@AllowedTo({
    Role.READER,
    Role.OFFICER,
    Role.REVIEWER,
    Role.CALL_HANDLER,
    Role.DATA_PROTECTION_OFFICER,
    Role.ROUTE_VIEWER,
    Role.ROUTE_OPERATOR,
    Role.ROUTE_EDITOR,
    Role.ROUTE_APPROVER,
    Role.ADMINISTRATOR
})
public @interface OpenToStaff {}
