package org.postbag.staff.access;

import jakarta.servlet.ServletException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.stereotype.Component;

/** Lets a request through to its handler if the handler says so: deny unless granted. */
@Component
class HandlerAccess implements AuthorizationManager<RequestAuthorizationContext> {

    private final Handlers handlers;

    HandlerAccess(Handlers handlers) {
        this.handlers = handlers;
    }

    @Override
    public AuthorizationResult authorize(
            Supplier<? extends @Nullable Authentication> authentication, RequestAuthorizationContext context) {
        try {
            return new AuthorizationDecision(
                    switch (handlers.access(context.getRequest())) {
                        case Access.Anyone() -> true;
                        case Access.Nobody() -> false;
                        case Access.Staff(var roles, var _, var _) ->
                            SignedInStaff.of(authentication.get())
                                    .filter(member -> member.roles().stream().anyMatch(roles::contains))
                                    .isPresent();
                    });
        } catch (ServletException e) {
            throw new AccessDeniedException("What this request would reach can't be told", e);
        }
    }
}
