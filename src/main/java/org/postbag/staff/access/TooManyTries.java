package org.postbag.staff.access;

import org.springframework.security.core.AuthenticationException;

/** Refused without looking at the password: see {@link SignInThrottle}. */
final class TooManyTries extends AuthenticationException {

    private static final long serialVersionUID = 1L;

    TooManyTries() {
        super("Too many failed sign-ins");
    }
}
