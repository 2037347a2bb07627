package org.postbag.enquiries.web;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.postbag.figures.ColumnChart;
import org.postbag.staff.StaffMember;
import org.postbag.staff.StaffSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tells open first pages what has changed, by server-sent events: the page's own figures and nothing else. A stream holds neither a thread nor a
 * connection to the database: what all see is counted once for all of them, and whoever reads slowly is waited for by a virtual thread of their own. Before
 * each event the session is asked whose it is and whether it goes on.
 */
@Component
class Arrivals {

    static final int STREAMS_MAX = 2_000;
    /** Of one session. Pages that nobody sees close theirs, so more are windows side by side, or something wrong. */
    static final int STREAMS_OF_SESSION_MAX = 6;

    /** The browser comes back by itself, perhaps to another node. */
    private static final Duration STREAM_MAX = Duration.ofMinutes(30);
    /** So many looks without news, and a word is sent all the same: it tells whether anybody is there. */
    private static final int SILENT_LOOKS_MAX = 5;

    private static final Logger LOG = LoggerFactory.getLogger(Arrivals.class);

    private final Map<SseEmitter, Stream> streams = new ConcurrentHashMap<>();
    private final HomeFigures figures;
    private final JsonMapper json;
    private volatile boolean closed;

    Arrivals(HomeFigures figures, JsonMapper json) {
        this.figures = figures;
        this.json = json;
    }

    /** An open page. */
    private static final class Stream {
        private final StaffSession session;
        private final AtomicBoolean sending = new AtomicBoolean();
        private volatile String stamp;
        /** The first look says a word, so that the browser knows that it is heard. */
        private int silent = SILENT_LOOKS_MAX;

        Stream(StaffSession session, String stamp) {
            this.session = session;
            this.stamp = stamp;
        }
    }

    /** What a page is told: each need's count and words, and the picture's heights. */
    record News(long today, long week, List<Waiting> needs, List<Series> channels) {}

    record Waiting(String key, boolean none, String figure, String says) {}

    /** @param columns where each column begins, and its height */
    record Series(String channel, String figure, List<List<String>> columns) {}

    /** What the page as it is made shows: it is told nothing until that changes. */
    String stamp(HomeFigures.Shared shared, List<HomeFigures.Need> needs) {
        return stamp(news(shared, needs));
    }

    /** Empty where there are too many: the page works without. */
    Optional<SseEmitter> open(StaffSession session, String shown) {
        long own = streams.values().stream()
                .filter(one -> one.session.key().equals(session.key()))
                .count();
        if (closed || streams.size() >= STREAMS_MAX || own >= STREAMS_OF_SESSION_MAX) {
            return Optional.empty();
        }
        var emitter = new SseEmitter(STREAM_MAX.toMillis());
        emitter.onCompletion(() -> streams.remove(emitter));
        emitter.onTimeout(emitter::complete);
        emitter.onError(_ -> streams.remove(emitter));
        streams.put(emitter, new Stream(session, shown));
        return Optional.of(emitter);
    }

    @Scheduled(initialDelayString = "PT3S", fixedDelayString = "PT3S")
    void look() {
        if (streams.isEmpty()) {
            return;
        }
        var members = members();
        try {
            var shared = figures.shared();
            var ofMember = new HashMap<StaffMember, String>();
            streams.forEach((emitter, stream) -> {
                var member = members.get(stream.session.key());
                if (member != null) {
                    tell(
                            emitter,
                            stream,
                            ofMember.computeIfAbsent(member, one -> news(shared, figures.needs(shared, one))));
                }
            });
        } catch (DataAccessException away) {
            LOG.debug("What came in can't be counted now", away);
        }
    }

    /** Who each session is of; the streams of those that are over end. */
    private Map<Object, StaffMember> members() {
        var asked = new HashMap<Object, Optional<StaffMember>>();
        var members = new HashMap<Object, StaffMember>();
        streams.forEach((emitter, stream) -> asked.computeIfAbsent(stream.session.key(), _ -> stream.session.member())
                .ifPresentOrElse(member -> members.put(stream.session.key(), member), emitter::complete));
        return members;
    }

    private void tell(SseEmitter emitter, Stream stream, String news) {
        var stamp = stamp(news);
        boolean changed = !stamp.equals(stream.stamp);
        if ((changed || ++stream.silent >= SILENT_LOOKS_MAX) && stream.sending.compareAndSet(false, true)) {
            stream.silent = 0;
            stream.stamp = stamp;
            Thread.ofVirtual().name("arrivals").start(() -> send(emitter, stream, changed ? news : null));
        }
    }

    private void send(SseEmitter emitter, Stream stream, @Nullable String news) {
        try {
            emitter.send(
                    news == null
                            ? SseEmitter.event().comment("")
                            : SseEmitter.event().name("news").data(news));
        } catch (IOException | IllegalStateException gone) {
            streams.remove(emitter);
        } finally {
            stream.sending.set(false);
        }
    }

    /** Before the server waits for what is still being answered: these would keep it waiting. */
    @EventListener(ContextClosedEvent.class)
    void close() {
        closed = true;
        streams.keySet().forEach(SseEmitter::complete);
    }

    int count() {
        return streams.size();
    }

    private String news(HomeFigures.Shared shared, List<HomeFigures.Need> needs) {
        var received = shared.received();
        return json.writeValueAsString(new News(
                received.ofToday(),
                received.ofWeek(),
                needs.stream()
                        .map(need -> new Waiting(need.key(), need.count() == 0, need.figure(), need.says()))
                        .toList(),
                received.chart().rows().stream().map(Arrivals::series).toList()));
    }

    private static Series series(ColumnChart.Row row) {
        return new Series(
                row.key(),
                row.figure(),
                row.columns().stream()
                        .map(column -> List.of(column.y(), column.height()))
                        .toList());
    }

    private static String stamp(String news) {
        return Integer.toHexString(news.hashCode());
    }
}
