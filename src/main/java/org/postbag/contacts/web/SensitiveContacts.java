package org.postbag.contacts.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postbag.audit.Action;
import org.postbag.audit.AuditEvent;
import org.postbag.audit.AuditTrail;
import org.postbag.audit.Subject;
import org.postbag.contacts.Merging;
import org.postbag.contacts.Reviews;
import org.postbag.contacts.Splitting;
import org.postbag.staff.CurrentStaff;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Whatever lies under a contact's address, or under that of a pair, a merge, a split or a matter of review, is for those only who may know of all contacts
 * that it names: checked here, before any handler, so that a new one need not think of it.
 */
@ControllerAdvice
class SensitiveContacts implements HandlerInterceptor, WebMvcConfigurer {

    /** What the paths under a contact call it and others that they name. */
    private static final List<String> NAMED = List.of("id", "other", "organisation");

    private final ContactSight sight;
    private final Merging merging;
    private final Splitting splitting;
    private final Reviews reviews;
    private final AuditTrail trail;
    private final CurrentStaff staff;

    SensitiveContacts(
            ContactSight sight,
            Merging merging,
            Splitting splitting,
            Reviews reviews,
            AuditTrail trail,
            CurrentStaff staff) {
        this.sight = sight;
        this.merging = merging;
        this.splitting = splitting;
        this.reviews = reviews;
        this.trail = trail;
        this.staff = staff;
    }

    /** They are not for them. */
    static final class NotForThem extends RuntimeException {

        private static final long serialVersionUID = 1L;
        private final String kind;
        private final String id;

        NotForThem(Subject asked) {
            this.kind = asked.kind();
            this.id = asked.id();
        }
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this).addPathPatterns("/contacts/**", "/review/**");
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        var pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        if (pattern != null
                && request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE) instanceof Map<?, ?> values) {
            check(pattern.toString(), values);
        }
        return true;
    }

    private void check(String pattern, Map<?, ?> values) {
        if (pattern.startsWith("/contacts/merges/{id")) {
            number(values, "id").flatMap(id -> merging.byId(id).stream()).forEach(merge -> {
                var both = List.of(merge.survivor(), merge.merged());
                require(sight.mayRead(both), Subject.contact(merge.merged()));
            });
        } else if (pattern.startsWith("/contacts/moves/{move")) {
            number(values, "move").flatMap(id -> splitting.byId(id).stream()).forEach(move -> {
                var both = List.of(move.from(), move.to());
                require(sight.mayRead(both), Subject.contact(move.to()));
            });
        } else if (pattern.startsWith("/contacts/{id")) {
            var named = NAMED.stream().flatMap(name -> number(values, name)).toList();
            require(sight.mayRead(named), subject(named));
        } else if (pattern.startsWith("/review/{one")) {
            var both = Stream.of("one", "other")
                    .flatMap(name -> number(values, name))
                    .toList();
            require(sight.mayReadAsShown(both), subject(both));
        } else if (pattern.startsWith("/review/{id")) {
            number(values, "id")
                    .flatMap(id -> reviews.byId(id).stream())
                    .forEach(review ->
                            require(sight.mayRead(review), new Subject("review", Long.toString(review.id()))));
        }
    }

    /** Of a number that is too long there is nothing; the handler says so. */
    private static Stream<Long> number(Map<?, ?> values, String name) {
        return values.get(name) instanceof String digits && digits.matches("[0-9]{1,18}")
                ? Stream.of(Long.parseLong(digits))
                : Stream.empty();
    }

    private static @Nullable Subject subject(List<Long> contacts) {
        return contacts.isEmpty() ? null : Subject.contact(contacts.getFirst());
    }

    private static void require(boolean may, @Nullable Subject asked) {
        if (!may) {
            throw new NotForThem(Objects.requireNonNull(asked));
        }
    }

    @ExceptionHandler
    ModelAndView sensitive(NotForThem refused) {
        trail.record(new AuditEvent(
                staff.member().actor(), Action.REFUSED, new Subject(refused.kind, refused.id), "Sensitive"));
        var page = new ModelAndView("contacts/not-for-you");
        page.setStatus(HttpStatus.FORBIDDEN);
        return page;
    }
}
