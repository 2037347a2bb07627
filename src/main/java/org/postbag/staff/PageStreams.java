package org.postbag.staff;

import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Open pages that are told what has changed, by server-sent events. A stream holds neither a thread nor a connection to the database: whoever reads slowly is
 * waited for by a virtual thread of their own. Before each event the session is asked whose it is and whether it goes on.
 */
public final class PageStreams {

    public static final int STREAMS_MAX = 2_000;
    /** Of one session. Pages that nobody sees close theirs, so more are windows side by side, or something wrong. */
    public static final int STREAMS_OF_SESSION_MAX = 6;

    /** The browser comes back by itself, perhaps to another node. */
    private static final Duration STREAM_MAX = Duration.ofMinutes(30);

    private static final Logger LOG = LoggerFactory.getLogger(PageStreams.class);

    private final String name;
    private final Map<SseEmitter, Stream> streams = new ConcurrentHashMap<>();
    private final AtomicLong opened = new AtomicLong();
    private volatile boolean closed;

    /** @param name of the threads */
    public PageStreams(String name) {
        this.name = name;
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

    /** Tells one news from another. A page that shows it is told nothing until it changes. */
    public static String stamp(String news) {
        return Integer.toHexString(news.hashCode());
    }

    /**
     * Empty where there are too many: the page works without. Of a session's the oldest ends, whose page is most likely left.
     *
     * @param shown the stamp of what the page shows
     */
    public Optional<SseEmitter> open(StaffSession session, String shown) {
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
        Thread.ofVirtual().name(name).start(() -> {
            try {
                emitter.send(SseEmitter.event().name("enough").data(""));
                emitter.complete();
            } catch (IOException | IllegalStateException gone) {
                LOG.debug("Nobody was there any more");
            }
        });
    }

    /** Tells each page that doesn't show it yet. */
    public void tell(Function<StaffMember, String> news) {
        var members = members();
        streams.forEach((emitter, stream) -> {
            var member = members.get(stream.session.key());
            if (member != null) {
                var text = news.apply(member);
                tell(emitter, stream, text, stamp(text));
            }
        });
    }

    /** The same for everybody, told only to pages that don't show it yet; so it may be called often. */
    public void tellChanged(String news) {
        var stamp = stamp(news);
        if (streams.values().stream().anyMatch(stream -> !stream.stamp.equals(stamp))) {
            tell(_ -> news);
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
    private void tell(SseEmitter emitter, Stream stream, String news, String stamp) {
        if (stream.sending.compareAndSet(false, true)) {
            var changed = stamp.equals(stream.stamp) ? null : news;
            stream.stamp = stamp;
            Thread.ofVirtual().name(name).start(() -> send(emitter, stream, changed));
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
    public void close() {
        closed = true;
        streams.keySet().forEach(SseEmitter::complete);
    }

    public int count() {
        return streams.size();
    }
}
