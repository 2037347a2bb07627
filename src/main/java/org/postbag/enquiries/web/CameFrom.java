package org.postbag.enquiries.web;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postbag.enquiries.Labelled;
import org.postbag.enquiries.Queues.Kind;
import org.postbag.enquiries.Queues.Queue;
import org.springframework.http.HttpHeaders;

/**
 * From where somebody opened an enquiry: results or a queue. It stands in the address of the enquiry's page; since no form and no page below has it, the
 * session remembers it for whoever comes back from there.
 *
 * @param path of the results or of the queue
 * @param queue null for results
 */
record CameFrom(String path, @Nullable Queue queue, Kind kind) {

    private static final String REMEMBERED = CameFrom.class.getName();
    private static final int REMEMBERED_MAX = 100;

    static CameFrom results(UUID search) {
        return new CameFrom("/enquiries/search/" + search, null, Kind.EVERYTHING);
    }

    static CameFrom queue(Queue queue, Kind kind) {
        return new CameFrom(QueuePage.path(queue, kind), queue, kind);
    }

    /** What goes with the address of another enquiry of the same queue. */
    public String parameters() {
        return queue == null ? "" : "?queue=" + queue.code() + "&kind=" + kind.code();
    }

    /** Empty where somebody came by no list, or by one that is too long ago. */
    static Optional<CameFrom> of(HttpServletRequest request, long enquiryId) {
        var asked = asked(request);
        if (asked.isPresent()) {
            remembered(request).put(enquiryId, asked.get());
            return asked;
        }
        return comesBack(request, enquiryId)
                ? Optional.ofNullable(remembered(request).get(enquiryId))
                : asked;
    }

    private static Optional<CameFrom> asked(HttpServletRequest request) {
        var search = request.getParameter("search");
        if (search != null) {
            return id(search).map(CameFrom::results);
        }
        var kind = request.getParameter("kind");
        return Optional.ofNullable(request.getParameter("queue"))
                .flatMap(code -> Labelled.of(Queue.class, code))
                .map(queue -> queue(
                        queue,
                        Optional.ofNullable(kind)
                                .flatMap(code -> Labelled.of(Kind.class, code))
                                .orElse(Kind.EVERYTHING)));
    }

    private static Optional<UUID> id(String typed) {
        try {
            return Optional.of(UUID.fromString(typed));
        } catch (IllegalArgumentException notOne) {
            return Optional.empty();
        }
    }

    /** Whether a form of the enquiry's page or a page below it led here. */
    private static boolean comesBack(HttpServletRequest request, long enquiryId) {
        var path = path(request.getHeader(HttpHeaders.REFERER));
        return path.equals("/enquiries/" + enquiryId)
                || path.startsWith("/enquiries/" + enquiryId + "/")
                || path.equals("/queues/check")
                || path.equals("/queues/change");
    }

    private static String path(@Nullable String address) {
        try {
            var path = address == null ? null : URI.create(address).getPath();
            return path == null ? "" : path;
        } catch (IllegalArgumentException notOne) {
            return "";
        }
    }

    private static Map<Long, CameFrom> remembered(HttpServletRequest request) {
        var session = request.getSession();
        if (session.getAttribute(REMEMBERED) instanceof Remembered known) {
            return known.lists;
        }
        var made = new Remembered();
        session.setAttribute(REMEMBERED, made);
        return made.lists;
    }

    /** By the enquiry's id; those that were opened last. */
    private static final class Remembered {

        private final Map<Long, CameFrom> lists = Collections.synchronizedMap(new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Long, CameFrom> eldest) {
                return size() > REMEMBERED_MAX;
            }
        });
    }
}
