package org.postbag.enquiries.web;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.postbag.staff.AllowedTo;
import org.postbag.staff.Role;

/** Who replays, mends and discards what could not be filed. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@AllowedTo({Role.OFFICER, Role.REVIEWER, Role.ROUTE_OPERATOR, Role.ROUTE_EDITOR, Role.ROUTE_APPROVER})
@interface ActsOnQuarantine {}
