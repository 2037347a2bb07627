package org.postbag.receiving.messages;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.postbag.receiving.Arrival;
import org.postbag.receiving.RereadSource;
import org.postbag.receiving.SecretValues;
import org.postbag.receiving.SourceLook;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import twitter4j.Twitter;
import twitter4j.TwitterException;
import twitter4j.TwitterObjectFactory;
import twitter4j.v1.DirectMessageList;
import twitter4j.v1.RateLimitStatus;

/**
 * Reads X's direct messages of a span again, page by page from the latest down. X gives those of thirty days, and allows fifteen questions in fifteen
 * minutes, which the route needs too: so some are left to it.
 */
@Component
final class XReread implements RereadSource {

    private static final int DAYS_KEPT = 30;
    private static final int PAGE_MESSAGES = 50;
    private static final int ANSWER_WAIT_MS = 20_000;
    /** Of fifteen; the route asks about every ninety seconds. */
    private static final int QUESTIONS_LEFT_TO_ROUTE = 5;

    private static final int REQUEST_FAULT = 400;
    private static final int NOT_FOUND = 404;
    /** X's limits begin anew after this, where it doesn't say when. */
    private static final Duration LIMIT_WINDOW = Duration.ofMinutes(15);

    private static final Duration MEDIA_TIME_MAX = Duration.ofMinutes(1);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final XMedia media;
    private final SecretValues secrets;
    private final Clock clock;

    XReread(XMedia media, SecretValues secrets, Clock clock) {
        this.media = media;
        this.secrets = secrets;
        this.clock = clock;
    }

    @Override
    public boolean isOf(String connector) {
        return connector.equals("x");
    }

    @Override
    public Extent extent(Map<String, String> settings) {
        return new Extent.Kept(
                "Messages of the last thirty days: older ones X gives to nobody. It allows fifteen questions in fifteen minutes, of which some are left to the route, so about 500 messages are read in that time",
                LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).minusDays(DAYS_KEPT));
    }

    @Override
    public Reading open(Span span, String place, SourceLook look) throws Away {
        try {
            var twitter = XMessages.twitter(
                    name -> span.settings().getOrDefault(name, ""),
                    name -> secrets.reveal(span.settings().getOrDefault(name, "")),
                    ANSWER_WAIT_MS);
            return new Messages(span, Place.parse(place), twitter);
        } catch (SecretValues.NoSuchSecret none) {
            throw new Away(String.valueOf(none.getMessage()), none);
        }
    }

    /**
     * @param lowest the lowest id that was dealt with, or empty: where X no longer knows the page, it is begun at the top and what is higher is passed over
     * @param page where to go on, or empty
     */
    private record Place(String lowest, String page) {

        static Place parse(String text) {
            var parts = text.split(" ", -1);
            return parts.length == 2 ? new Place(parts[0], parts[1]) : new Place("", "");
        }

        String text() {
            return lowest + " " + page;
        }

        boolean isBehind(long id) {
            return lowest.isEmpty() || id < Long.parseLong(lowest);
        }

        Place reached(OptionalLong id, String next) {
            return new Place(id.isPresent() && isBehind(id.getAsLong()) ? Long.toString(id.getAsLong()) : lowest, next);
        }
    }

    private static JsonNode event(Arrival item) {
        return JSON.readTree(item.content()).path("events").path(0);
    }

    private static long id(Arrival item) {
        return event(item).path("id").asLong(0);
    }

    private static LocalDate day(Arrival item) {
        var created = Instant.ofEpochMilli(event(item).path("created_timestamp").asLong(0));
        return LocalDate.ofInstant(created, ZoneOffset.UTC);
    }

    private final class Messages implements Reading {

        private final Span span;
        private final Twitter twitter;
        private Place place;

        Messages(Span span, Place place, Twitter twitter) {
            this.span = span;
            this.place = place;
            this.twitter = twitter;
        }

        @Override
        public Piece next(int most) throws Away {
            try {
                var direct = twitter.v1().directMessages();
                return piece(
                        place.page().isEmpty()
                                ? direct.getDirectMessages(PAGE_MESSAGES)
                                : direct.getDirectMessages(PAGE_MESSAGES, place.page()));
            } catch (TwitterException refused) {
                if (refused.exceededRateLimitation()) {
                    return new Piece(List.of(), 0, place.text(), false, until(refused.getRateLimitStatus()));
                }
                boolean pageGone = refused.getStatusCode() == REQUEST_FAULT || refused.getStatusCode() == NOT_FOUND;
                if (pageGone && !place.page().isEmpty()) {
                    place = new Place(place.lowest(), "");
                    return new Piece(List.of(), 0, place.text(), false, null);
                }
                throw new Away(XProblem.words(refused), refused);
            }
        }

        private Instant until(@Nullable RateLimitStatus limit) {
            var now = clock.instant();
            var until = limit == null ? now.plus(LIMIT_WINDOW) : Instant.ofEpochSecond(limit.getResetTimeInSeconds());
            return until.isAfter(now) ? until : now.plus(LIMIT_WINDOW);
        }

        private Piece piece(DirectMessageList page) throws Away {
            var body = ("{\"events\":" + TwitterObjectFactory.getRawJSON(page) + "}").getBytes(UTF_8);
            if (!(XBatch.cut(body, span.route(), span.settings().getOrDefault("account", ""))
                    instanceof Cut.Items cut)) {
                throw new Away("X answered with what is no list of messages. Check the address of X's API.", null);
            }
            var before = place;
            var items = cut.items().stream()
                    .filter(item -> span.holds(day(item)) && before.isBehind(id(item)))
                    .toList();
            boolean older = cut.items().stream().anyMatch(item -> day(item).isBefore(span.first()));
            var next = page.getNextCursor() == null ? "" : page.getNextCursor();
            boolean last = older || next.isEmpty();
            place = before.reached(
                    cut.items().stream()
                            .mapToLong(XReread::id)
                            .filter(id -> id > 0)
                            .min(),
                    next);
            var limit = page.getRateLimitStatus();
            boolean waits = !last && limit != null && limit.getRemaining() <= QUESTIONS_LEFT_TO_ROUTE;
            return new Piece(items, 0, place.text(), last, waits ? until(limit) : null);
        }

        @Override
        public List<Arrival> whole(List<Arrival> items) {
            var hosts = new XMedia.Hosts(list("mediaHosts"), list("signedHosts"), this::signed);
            return media.fetch(new Cut.Items(items, 0), hosts, MEDIA_TIME_MAX) instanceof Cut.Items whole
                    ? whole.items()
                    : items;
        }

        private List<String> list(String name) {
            return Arrays.stream(span.settings().getOrDefault(name, "").split(","))
                    .map(String::strip)
                    .filter(one -> !one.isEmpty())
                    .toList();
        }

        private InputStream signed(String link) throws IOException {
            try {
                return twitter.v1().directMessages().getDMImageAsStream(link);
            } catch (TwitterException refused) {
                throw new IOException("X answered " + refused.getStatusCode());
            }
        }

        @Override
        public void close() {
            // Nothing stays open between two questions.
        }
    }
}
