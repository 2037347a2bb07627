package org.postbag.receiving.messages;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.postbag.receiving.Receiver;
import org.postbag.receiving.ReceivingUnavailable;
import org.postbag.receiving.SecretValues;
import org.postbag.receiving.SourcePositions;
import org.postbag.receiving.SourceView;
import org.postbag.receiving.SourceView.Fact;
import org.postbag.receiving.ViewedSources;
import org.postbag.staff.UkTime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import twitter4j.Twitter;
import twitter4j.TwitterException;
import twitter4j.TwitterObjectFactory;
import twitter4j.v1.DirectMessageList;
import twitter4j.v1.RateLimitStatus;

/**
 * The step of a route that reads the body's direct messages of X, page by page, the latest first, down to what was taken before. How far it came is
 * durable, and moves only after the items of a page are; so a sweep that X's limits end goes on where it ended.
 */
@Component("xMessages")
class XMessages implements Processor, ViewedSources {

    private static final int PAGE_MESSAGES = 50;
    private static final int PAGES_MAX = 15;
    private static final int ANSWER_WAIT_MS = 20_000;
    private static final int REQUEST_FAULT = 400;
    private static final int SERVER_FAULT = 500;
    /** X's limits begin anew after this, where it doesn't say when. */
    private static final Duration LIMIT_WINDOW = Duration.ofMinutes(15);

    private static final Logger LOG = LoggerFactory.getLogger(XMessages.class);

    private final Receiver receiver;
    private final SourcePositions positions;
    private final XMedia media;
    private final Clock clock;
    private final SecretValues secrets;
    /** Until when a route must not ask again. */
    private final Map<String, Instant> waits = new ConcurrentHashMap<>();

    /** Which keys X refused, not the keys themselves: other ones are tried at once. */
    private final Map<String, Integer> refusedKeys = new ConcurrentHashMap<>();

    private final Map<String, Instant> looks = new ConcurrentHashMap<>();
    /** Why a route's last question was refused; a route that waits since goes on having it. */
    private final Map<String, String> problems = new ConcurrentHashMap<>();

    XMessages(Receiver receiver, SourcePositions positions, XMedia media, SecretValues secrets, Clock clock) {
        this.receiver = receiver;
        this.positions = positions;
        this.media = media;
        this.clock = clock;
        this.secrets = secrets;
    }

    @Override
    public void process(Exchange exchange) {
        var settings = new Settings(exchange, secrets);
        var route = settings.route();
        try {
            if (waits(settings)) {
                return;
            }
            looks.put(route, clock.instant());
            new Sweep(settings, twitter(settings)).run();
            problems.remove(route);
        } catch (TwitterException refused) {
            refused(settings, refused);
        } catch (SecretValues.NoSuchSecret none) {
            var words = String.valueOf(none.getMessage());
            problems.put(route, words);
            throw new ReceivingUnavailable(words, none);
        }
    }

    private boolean waits(Settings settings) {
        var route = settings.route();
        var refused = refusedKeys.get(route);
        if (refused != null && refused != keys(settings)) {
            refusedKeys.remove(route);
            waits.remove(route);
        }
        return clock.instant().isBefore(waits.getOrDefault(route, Instant.MIN));
    }

    private static int keys(Settings settings) {
        return Stream.of("consumerKey", "consumerSecret", "accessToken", "accessTokenSecret")
                .map(settings::secret)
                .toList()
                .hashCode();
    }

    private static Twitter twitter(Settings settings) {
        return twitter(settings::text, settings::secret, ANSWER_WAIT_MS);
    }

    /** @param waitMs for a connection, and for each part of an answer */
    static Twitter twitter(UnaryOperator<String> text, UnaryOperator<String> secret, int waitMs) {
        var properties = new Properties();
        properties.setProperty("restBaseURL", text.apply("baseUrl"));
        properties.setProperty("jsonStoreEnabled", "true");
        properties.setProperty("http.connectionTimeout", Integer.toString(waitMs));
        properties.setProperty("http.readTimeout", Integer.toString(waitMs));
        properties.setProperty("oauth.consumerKey", secret.apply("consumerKey"));
        properties.setProperty("oauth.consumerSecret", secret.apply("consumerSecret"));
        properties.setProperty("oauth.accessToken", secret.apply("accessToken"));
        properties.setProperty("oauth.accessTokenSecret", secret.apply("accessTokenSecret"));
        return Twitter.newBuilder().load(properties).build();
    }

    /** @throws ReceivingUnavailable so that the route counts it; its message says nothing of what X answered */
    private void refused(Settings settings, TwitterException refused) {
        var route = settings.route();
        if (refused.exceededRateLimitation()) {
            waitFor(route, refused.getRateLimitStatus());
            return;
        }
        int status = refused.getStatusCode();
        var words = XProblem.words(refused);
        problems.put(route, words);
        if (XProblem.isOfKeys(refused)) {
            LOG.error("Route {} is refused by X ({}): its keys and tokens are wrong, or were withdrawn", route, status);
            refusedKeys.put(route, keys(settings));
            waits.put(route, clock.instant().plus(LIMIT_WINDOW));
        } else if (status < 0 && !refused.isCausedByNetworkIssue()) {
            LOG.error(
                    "Route {} was answered by X with what Twitter4J can't read: nothing is taken until it can", route);
        } else if (status >= REQUEST_FAULT && status < SERVER_FAULT) {
            // The page to go on with may be one that X no longer knows: begin at the top again.
            positions
                    .of(route)
                    .map(Position::parse)
                    .ifPresent(before -> positions.move(route, before.atTop().text(), clock.instant()));
        }
        throw new ReceivingUnavailable(words, new IllegalStateException("HTTP " + status));
    }

    private void waitFor(String route, @Nullable RateLimitStatus limit) {
        var now = clock.instant();
        var until = limit == null ? now.plus(LIMIT_WINDOW) : Instant.ofEpochSecond(limit.getResetTimeInSeconds());
        waits.put(route, until.isAfter(now) ? until : now.plus(LIMIT_WINDOW));
        LOG.info("Route {} waits for X's limit to begin anew at {}", route, waits.get(route));
    }

    @Override
    public Optional<SourceView> view(String route) {
        var looked = looks.get(route);
        if (looked == null) {
            return Optional.empty();
        }
        var facts = new ArrayList<Fact>();
        positions.of(route).map(Position::parse).ifPresent(position -> {
            facts.add(new Fact("Taken up to message", position.taken().isEmpty() ? "none yet" : position.taken()));
            facts.add(new Fact(
                    "This sweep", position.page().isEmpty() ? "came to its end" : "goes on with the next page"));
        });
        var until = waits.get(route);
        boolean waits = until != null && until.isAfter(clock.instant());
        if (waits) {
            facts.add(new Fact("X is not asked until", UkTime.dateTime(until)));
        }
        return Optional.of(new SourceView(looked, waits ? until : null, null, facts));
    }

    @Override
    public Optional<String> problem(String route) {
        return Optional.ofNullable(problems.get(route));
    }

    /**
     * How far a route came.
     *
     * @param taken the latest message of the last sweep that came to its end: all before it are durable
     * @param newest the latest of the sweep that goes on, or empty
     * @param page where that goes on, or empty
     */
    record Position(String taken, String newest, String page) {

        static Position parse(String text) {
            var parts = text.split(" ", -1);
            return parts.length == 3 ? new Position(parts[0], parts[1], parts[2]) : new Position("", "", "");
        }

        String text() {
            return taken + " " + newest + " " + page;
        }

        Position atTop() {
            return new Position(taken, "", "");
        }

        /** Ids grow: a longer one is later. */
        boolean isTaken(String id) {
            return id.length() == taken.length() ? id.compareTo(taken) <= 0 : id.length() < taken.length();
        }
    }

    private final class Sweep {

        private final Settings settings;
        private final Twitter twitter;
        private Position position;

        Sweep(Settings settings, Twitter twitter) {
            this.settings = settings;
            this.twitter = twitter;
            this.position = positions.of(settings.route()).map(Position::parse).orElse(new Position("", "", ""));
        }

        void run() throws TwitterException {
            for (int pages = 0; pages < PAGES_MAX; pages++) {
                var direct = twitter.v1().directMessages();
                var page = position.page().isEmpty()
                        ? direct.getDirectMessages(PAGE_MESSAGES)
                        : direct.getDirectMessages(PAGE_MESSAGES, position.page());
                boolean more = take(page);
                var limit = page.getRateLimitStatus();
                if (limit != null && limit.getRemaining() <= 0) {
                    waitFor(settings.route(), limit);
                    return;
                }
                if (!more) {
                    return;
                }
            }
        }

        private InputStream signed(String link) throws IOException {
            try {
                return twitter.v1().directMessages().getDMImageAsStream(link);
            } catch (TwitterException refused) {
                throw new IOException("X answered " + refused.getStatusCode());
            }
        }

        /** @return whether there is more to take */
        private boolean take(DirectMessageList page) {
            var route = settings.route();
            var body = ("{\"events\":" + TwitterObjectFactory.getRawJSON(page) + "}").getBytes(UTF_8);
            var cut = media.fetch(
                    XBatch.cut(body, route, settings.text("account")),
                    new XMedia.Hosts(settings.list("mediaHosts"), settings.list("signedHosts"), this::signed),
                    XMedia.POLL_TIME_MAX);
            if (!(cut instanceof Cut.Items items)) {
                throw new ReceivingUnavailable(
                        "X answered with what is no list of messages", new IllegalStateException());
            }
            receiver.receive(items.items());
            var ids =
                    page.stream().map(message -> Long.toString(message.getId())).toList();
            var newest = position.newest().isEmpty() && !ids.isEmpty() ? ids.getFirst() : position.newest();
            var next = page.getNextCursor() == null ? "" : page.getNextCursor();
            boolean atEnd = next.isEmpty() || ids.stream().anyMatch(position::isTaken);
            position = atEnd
                    ? new Position(newest.isEmpty() ? position.taken() : newest, "", "")
                    : new Position(position.taken(), newest, next);
            positions.move(route, position.text(), clock.instant());
            return !atEnd;
        }
    }
}
