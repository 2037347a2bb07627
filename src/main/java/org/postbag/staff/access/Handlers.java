package org.postbag.staff.access;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postbag.staff.AllowedTo;
import org.postbag.staff.OpenToPublic;
import org.postbag.staff.Role;
import org.postbag.staff.Unattended;
import org.postbag.staff.WithoutDatabase;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.stereotype.Component;
import org.springframework.web.HttpMediaTypeException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.ServletRequestBindingException;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerExecutionChain;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.servlet.resource.ResourceHttpRequestHandler;
import org.springframework.web.util.ServletRequestPathUtils;

/** Looks up what a request would reach, as Spring's dispatcher will, and reads from it who may call it. */
@Component
class Handlers {

    private static final String ACCESS_ATTRIBUTE = Handlers.class.getName() + ".access";

    private final ObjectProvider<HandlerMapping> mappings;

    Handlers(ObjectProvider<HandlerMapping> mappings) {
        this.mappings = mappings;
    }

    Access access(HttpServletRequest request) throws ServletException {
        if (request.getAttribute(ACCESS_ATTRIBUTE) instanceof Known known && known.isFor(request)) {
            return known.access();
        }
        var access = look(request);
        request.setAttribute(ACCESS_ATTRIBUTE, new Known(request.getMethod(), request.getRequestURI(), access));
        return access;
    }

    /** Worked out once a request; a forward to another path is worked out anew. */
    private record Known(String method, String uri, Access access) {
        boolean isFor(HttpServletRequest request) {
            return method.equals(request.getMethod()) && uri.equals(request.getRequestURI());
        }
    }

    private Access look(HttpServletRequest request) throws ServletException {
        ServletRequestPathUtils.parseAndCache(request);
        try {
            for (var mapping : mappings.orderedStream().toList()) {
                var found = find(mapping, request);
                if (found != null) {
                    return of(found.getHandler());
                }
            }
        } catch (HttpRequestMethodNotSupportedException
                | HttpMediaTypeException
                | ServletRequestBindingException asTheDispatcherWillFind) {
            // The path exists, but not for this method, type or parameters: the dispatcher says so with a status of 4xx
            // and calls nothing.
            return new Access.Anyone();
        }
        return new Access.Anyone();
    }

    private static @Nullable HandlerExecutionChain find(HandlerMapping mapping, HttpServletRequest request)
            throws ServletException {
        try {
            return mapping.getHandler(request);
        } catch (ServletException e) {
            throw e;
        } catch (Exception e) {
            throw new ServletException(e);
        }
    }

    static Access of(Object handler) {
        return switch (handler) {
            case HandlerMethod method -> of(method);
            case ResourceHttpRequestHandler _ -> new Access.Anyone();
            default -> new Access.Nobody();
        };
    }

    /** What stands at the method counts before what stands at its class. */
    private static Access of(HandlerMethod handler) {
        for (var element : List.of(handler.getMethod(), handler.getBeanType())) {
            var allowed = AnnotatedElementUtils.findMergedAnnotation(element, AllowedTo.class);
            if (allowed != null) {
                return new Access.Staff(
                        setOf(allowed.value()),
                        handler.hasMethodAnnotation(WithoutDatabase.class),
                        handler.hasMethodAnnotation(Unattended.class));
            }
            if (AnnotatedElementUtils.hasAnnotation(element, OpenToPublic.class)) {
                return new Access.Anyone();
            }
        }
        return new Access.Nobody();
    }

    private static Set<Role> setOf(Role[] roles) {
        var set = EnumSet.noneOf(Role.class);
        set.addAll(List.of(roles));
        return set;
    }

    /** Who may open the page at a path, or empty where there is no such page. */
    Optional<Access> page(String path) {
        return mappings.orderedStream()
                .filter(RequestMappingHandlerMapping.class::isInstance)
                .map(RequestMappingHandlerMapping.class::cast)
                .flatMap(mapping -> mapping.getHandlerMethods().entrySet().stream())
                .filter(entry -> entry.getKey().getPatternValues().contains(path)
                        && (entry.getKey().getMethodsCondition().isEmpty()
                                || entry.getKey()
                                        .getMethodsCondition()
                                        .getMethods()
                                        .contains(RequestMethod.GET)))
                .map(entry -> of(entry.getValue()))
                .findFirst();
    }
}
