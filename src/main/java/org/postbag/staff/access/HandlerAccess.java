package org.postbag.staff.access;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerMapping;

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
                                            .filter(member ->
                                                    member.roles().stream().anyMatch(roles::contains))
                                            .isPresent()
                                    && isInScope(authentication.get(), context.getRequest());
                    });
        } catch (ServletException e) {
            throw new AccessDeniedException("What this request would reach can't be told", e);
        }
    }

    /** A token of limited scope reaches only what the table of scopes names for it; a session has no scope. */
    private static boolean isInScope(@Nullable Authentication authentication, HttpServletRequest request) {
        return authentication == null
                || !(authentication.getDetails() instanceof ApiTokens.Bearer bearer)
                || request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE) instanceof Object pattern
                        && bearer.may(request.getMethod(), pattern.toString());
    }
}
