package org.postbag.enquiries.web;

import org.postbag.staff.OpenToStaff;
import org.postbag.staff.StaffSessions;
import org.postbag.staff.Unattended;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** The stream of {@link Arrivals} to an open first page. */
@RestController
@OpenToStaff
class ArrivalsStream {

    private final Arrivals arrivals;
    private final StaffSessions sessions;

    ArrivalsStream(Arrivals arrivals, StaffSessions sessions) {
        this.arrivals = arrivals;
        this.sessions = sessions;
    }

    /** @param shown the stamp of what the page shows. A browser that is answered with 204 doesn't come back by itself. */
    @GetMapping(path = "/arrivals", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @Unattended
    ResponseEntity<SseEmitter> open(@RequestParam String shown) {
        return sessions.current()
                .flatMap(session -> arrivals.open(session, shown))
                // A proxy that collects what it passes on would hold events back.
                .map(stream ->
                        ResponseEntity.ok().header("X-Accel-Buffering", "no").body(stream))
                .orElseGet(() -> ResponseEntity.noContent().build());
    }
}
