package org.postbag.console.item;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.postbag.staff.AllowedTo;
import org.postbag.staff.Role;

/** Who sees the way of one item: it shows nothing of what the item says. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@AllowedTo({
    Role.READER,
    Role.OFFICER,
    Role.REVIEWER,
    Role.DATA_PROTECTION_OFFICER,
    Role.ROUTE_VIEWER,
    Role.ROUTE_OPERATOR,
    Role.ROUTE_EDITOR,
    Role.ROUTE_APPROVER,
    Role.ADMINISTRATOR
})
@interface SeesItems {}
