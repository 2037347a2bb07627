package org.postbag.console.reaching;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.apache.tomcat.util.http.fileupload.FileItemStream;
import org.apache.tomcat.util.http.fileupload.FileUpload;
import org.apache.tomcat.util.http.fileupload.FileUploadException;
import org.apache.tomcat.util.http.fileupload.InvalidFileNameException;
import org.apache.tomcat.util.http.fileupload.MultipartStream.MalformedStreamException;
import org.apache.tomcat.util.http.fileupload.servlet.ServletRequestContext;
import org.postbag.staff.FormFields;
import org.springframework.context.annotation.Profile;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Takes in an uploaded sample before Spring Security looks for the CSRF token in the form, as it does for the contact form: within limits, in memory, and
 * only for who has a session. Never to a temporary file in clear.
 */
@Component
@Profile("!command")
public final class SampleUploads extends OncePerRequestFilter implements Ordered {

    /** Before Spring Security (-100); after the filter that sets the character encoding. */
    private static final int ORDER = -190;

    /** Where samples are uploaded: addresses below that of routes that end so. */
    private static final String ROUTES = "/routes/";

    private static final String SAMPLES = "/samples";

    private static final int AT_ONCE_MAX = 3;
    /** What is larger than a sample may be is read to its end and thrown away, so that who sent it gets an answer in words: up to what the server swallows. */
    private static final long REQUEST_BYTES_MAX = 100L * 1024 * 1024;

    private static final int PARTS_MAX = 20;
    private static final int FIELD_BYTES_MAX = 10_000;
    private static final int PART_HEADER_BYTES_MAX = 16 * 1024;
    private static final String ATTRIBUTE = SampleUploads.class.getName();

    private final Semaphore places = new Semaphore(AT_ONCE_MAX);

    /** What was uploaded. */
    public sealed interface Uploaded {

        record File(String name, byte[] content) implements Uploaded {}

        /** @param why in words for who uploads */
        record None(String why) implements Uploaded {}
    }

    /** What a request brought. */
    public static Uploaded of(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof Uploaded uploaded
                ? uploaded
                : new Uploaded.None("Choose a file");
    }

    @Override
    public int getOrder() {
        return ORDER;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !FormFields.comeWithFiles(request, SampleUploads::takesSamples) || request.getSession(false) == null;
    }

    private static boolean takesSamples(String page) {
        return page.startsWith(ROUTES) && page.endsWith(SAMPLES);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        boolean mine = places.tryAcquire();
        try {
            var fields = new LinkedHashMap<String, String[]>();
            request.setAttribute(ATTRIBUTE, read(request, fields, mine));
            chain.doFilter(new FormFields(request, fields), response);
        } finally {
            if (mine) {
                places.release();
            }
        }
    }

    private static Uploaded read(HttpServletRequest request, Map<String, String[]> fields, boolean mine)
            throws IOException {
        Uploaded found = new Uploaded.None("Choose a file");
        var parts = new FileUpload();
        parts.setHeaderEncoding(UTF_8.name());
        parts.setPartHeaderSizeMax(PART_HEADER_BYTES_MAX);
        parts.setSizeMax(REQUEST_BYTES_MAX);
        try {
            var part = parts.getItemIterator(new ServletRequestContext(request));
            for (int count = 0; part.hasNext() && count < PARTS_MAX; count++) {
                var next = part.next();
                if (next.isFormField()) {
                    field(next, fields);
                } else {
                    found = file(next, mine).orElse(found);
                }
            }
            return found;
        } catch (FileUploadException | MalformedStreamException cutOffOrTooLarge) {
            return new Uploaded.None("The file did not come whole. Choose one of at most 20 MB, and upload it again");
        }
    }

    private static void field(FileItemStream part, Map<String, String[]> fields) throws IOException {
        try (var in = part.openStream()) {
            fields.put(
                    String.valueOf(part.getFieldName()),
                    new String[] {new String(in.readNBytes(FIELD_BYTES_MAX), UTF_8)});
        }
    }

    private static Optional<Uploaded> file(FileItemStream part, boolean mine) throws IOException {
        var name = nameOf(part);
        if (name.isEmpty()) {
            return Optional.empty();
        }
        try (var in = part.openStream()) {
            if (!mine) {
                return Optional.of(new Uploaded.None("Others upload samples right now. Upload it again in a moment"));
            }
            var content = in.readNBytes(Samples.SAMPLE_BYTES_MAX + 1);
            if (content.length == 0) {
                return Optional.of(new Uploaded.None("The file is empty. Choose another"));
            }
            return Optional.of(
                    content.length > Samples.SAMPLE_BYTES_MAX
                            ? new Uploaded.None("The file is larger than 20 MB. A smaller sample is enough")
                            : new Uploaded.File(name, content));
        }
    }

    private static String nameOf(FileItemStream part) {
        try {
            var name = part.getName();
            return name == null ? "" : name;
        } catch (InvalidFileNameException hasNul) {
            return hasNul.getName().replace("\0", "");
        }
    }
}
