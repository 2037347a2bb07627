package org.postbag.enquiries.web;

import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
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

    private static final Logger LOG = LoggerFactory.getLogger(Arrivals.class);

    private final Map<SseEmitter, Stream> streams = new ConcurrentHashMap<>();
    private final HomeFigures figures;
    private final JsonMapper json;
    private final AtomicLong opened = new AtomicLong();
    private volatile boolean closed;

    Arrivals(HomeFigures figures, JsonMapper json) {
        this.figures = figures;
        this.json = json;
    }

    /** An open page. */
    private static final class Stream {
        private final StaffSession session;
        private final AtomicBoolean sending = new AtomicBoolean();
        private final long number;
        private volatile String stamp;

        Stream(StaffSession session, long number, String stamp) {
            this.session = session;
            this.number = number;
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

    /** Empty where there are too many: the page works without. Of a session's the oldest ends, whose page is most likely left. */
    Optional<SseEmitter> open(StaffSession session, String shown) {
        if (closed || streams.size() >= STREAMS_MAX) {
            return Optional.empty();
        }
        streams.entrySet().stream()
                .filter(one -> one.getValue().session.key().equals(session.key()))
                .sorted(Comparator.comparingLong((Map.Entry<SseEmitter, Stream> one) -> one.getValue().number)
                        .reversed())
                .skip(STREAMS_OF_SESSION_MAX - 1)
                .forEach(one -> end(one.getKey()));
        var emitter = new SseEmitter(STREAM_MAX.toMillis());
        emitter.onCompletion(() -> streams.remove(emitter));
        emitter.onTimeout(emitter::complete);
        emitter.onError(_ -> streams.remove(emitter));
        streams.put(emitter, new Stream(session, opened.incrementAndGet(), shown));
        return Optional.of(emitter);
    }

    /** So that the browser doesn't come back by itself. */
    private void end(SseEmitter emitter) {
        streams.remove(emitter);
        Thread.ofVirtual().name("arrivals").start(() -> {
            try {
                emitter.send(SseEmitter.event().name("enough").data(""));
                emitter.complete();
            } catch (IOException | IllegalStateException gone) {
                LOG.debug("Nobody was there any more");
            }
        });
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

    /** Also without news: a word that can't be sent tells that nobody is there any more. */
    private void tell(SseEmitter emitter, Stream stream, String news) {
        if (stream.sending.compareAndSet(false, true)) {
            var stamp = stamp(news);
            var changed = stamp.equals(stream.stamp) ? null : news;
            stream.stamp = stamp;
            Thread.ofVirtual().name("arrivals").start(() -> send(emitter, stream, changed));
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
