package org.postbag.staff;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;

/** A request whose fields came with files, which were read already: as if the fields had been sent alone. */
public final class FormFields extends HttpServletRequestWrapper {

    private final Map<String, String[]> fields;

    public FormFields(HttpServletRequest request, Map<String, String[]> fields) {
        super(request);
        this.fields = Collections.unmodifiableMap(fields);
    }

    /** Whether a request is a form with files, sent to a page that takes them: its address, below that of the program. */
    public static boolean comeWithFiles(HttpServletRequest request, Predicate<String> takesFiles) {
        var type = request.getContentType();
        return request.getMethod().equals("POST")
                && takesFiles.test(request.getRequestURI()
                        .substring(request.getContextPath().length()))
                && type != null
                && type.toLowerCase(Locale.ROOT).startsWith(MediaType.MULTIPART_FORM_DATA_VALUE);
    }

    @Override
    public String getContentType() {
        return MediaType.APPLICATION_FORM_URLENCODED_VALUE;
    }

    @Override
    public @Nullable String getParameter(String name) {
        var values = fields.get(name);
        return values == null ? null : values[0];
    }

    @Override
    public Map<String, String[]> getParameterMap() {
        return fields;
    }

    @Override
    public Enumeration<String> getParameterNames() {
        return Collections.enumeration(fields.keySet());
    }

    @Override
    public String @Nullable [] getParameterValues(String name) {
        return fields.get(name);
    }
}
