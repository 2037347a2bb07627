package org.postbag.console.again;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.postbag.staff.AllowedTo;
import org.postbag.staff.Role;

/** Who has a span of days read again. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@AllowedTo({Role.ROUTE_OPERATOR, Role.ROUTE_EDITOR, Role.ROUTE_APPROVER, Role.ADMINISTRATOR})
@interface ReadsAgain {}
