package org.postbag.receiving.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.postbag.receiving.ContactForm;
import org.postbag.staff.FormFields;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Takes in what a contact page sends before anything else looks at it, since the server's own reading of a form throws all of it away when a limit is
 * passed: here what was typed is kept whatever happens to the files. The rest of the program sees the fields as ordinary parameters, the CSRF token among
 * them.
 */
@Component
class FormUploads extends OncePerRequestFilter implements Ordered {

    /** Before Spring Security (-100), which reads the CSRF token; after the filter that sets the character encoding. */
    private static final int ORDER = -200;

    private static final int MEGABYTE = 1024 * 1024;
    /** Files are held in memory, and more than once while they are encrypted and stored. */
    private static final int PART_OF_MEMORY = 8;

    private final Semaphore megabytes =
            new Semaphore((int) (Runtime.getRuntime().maxMemory() / PART_OF_MEMORY / MEGABYTE));
    private final FormLimits limits;
    private final Clock clock;

    FormUploads(FormLimits limits, Clock clock) {
        this.limits = limits;
        this.clock = clock;
    }

    @Override
    public int getOrder() {
        return ORDER;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !FormFields.comeWithFiles(request, "/contact"::equals);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        int bytes = bytesHeld(request);
        int needed = bytes / MEGABYTE;
        boolean isRoom = megabytes.tryAcquire(needed);
        try {
            boolean mayTakeFiles = isRoom && limits.mayBringFiles(request.getRemoteAddr(), bytes);
            var upload = new UploadReader(mayTakeFiles, clock).read(request);
            if (response.isCommitted()) {
                // The connection broke, and with it the answer.
                return;
            }
            upload.attachTo(request);
            chain.doFilter(new FormFields(request, arrays(upload)), response);
        } finally {
            if (isRoom) {
                megabytes.release(needed);
            }
        }
    }

    /** How much of a request is held in memory at the most: one that doesn't say how long it is may be of any length. */
    private static int bytesHeld(HttpServletRequest request) {
        long length = request.getContentLengthLong();
        return length < 0 ? ContactForm.FILES_BYTES_MAX : (int) Math.min(length, ContactForm.FILES_BYTES_MAX);
    }

    private static Map<String, String[]> arrays(Upload upload) {
        var all = new HashMap<String, String[]>();
        upload.fields().forEach((name, values) -> all.put(name, values.toArray(String[]::new)));
        return all;
    }
}
