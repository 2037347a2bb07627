package org.postbag.enquiries.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.postbag.audit.Action;
import org.postbag.audit.AuditEvent;
import org.postbag.audit.AuditTrail;
import org.postbag.audit.Subject;
import org.postbag.enquiries.Enquiries;
import org.postbag.enquiries.Sight;
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
 * Whatever lies under an enquiry's address (its page, source, files, pictures, forms) is for those only who may read it: checked here, before any handler,
 * so that a new one need not think of it. Others see the reference and that it is sensitive.
 */
@ControllerAdvice
class SensitiveEnquiries implements HandlerInterceptor, WebMvcConfigurer {

    private final Sight sight;
    private final Enquiries enquiries;
    private final AuditTrail trail;
    private final CurrentStaff staff;

    SensitiveEnquiries(Sight sight, Enquiries enquiries, AuditTrail trail, CurrentStaff staff) {
        this.sight = sight;
        this.enquiries = enquiries;
        this.trail = trail;
        this.staff = staff;
    }

    /** It is not for them. */
    static final class NotForThem extends RuntimeException {

        private static final long serialVersionUID = 1L;
        private final long enquiryId;

        NotForThem(long enquiryId) {
            this.enquiryId = enquiryId;
        }
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this).addPathPatterns("/enquiries/**");
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        var pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        if (pattern != null
                && pattern.toString().startsWith("/enquiries/{id")
                && request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE) instanceof Map<?, ?> values
                && values.get("id") instanceof String id) {
            check(id);
        }
        return true;
    }

    private void check(String id) {
        try {
            long enquiryId = Long.parseLong(id);
            if (!sight.mayRead(enquiryId, staff.member())) {
                throw new NotForThem(enquiryId);
            }
        } catch (NumberFormatException tooLong) {
            // There is no such enquiry; the handler says so.
        }
    }

    @ExceptionHandler
    ModelAndView sensitive(NotForThem asked) {
        trail.record(
                new AuditEvent(staff.member().actor(), Action.REFUSED, Subject.enquiry(asked.enquiryId), "Sensitive"));
        var page = new ModelAndView("enquiries/not-for-you");
        page.setStatus(HttpStatus.FORBIDDEN);
        page.addObject(
                "reference", enquiries.byId(asked.enquiryId).orElseThrow().reference());
        return page;
    }
}
