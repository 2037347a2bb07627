package org.postbag.receiving.messages;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.postbag.receiving.Arrival;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Fetches the pictures and films of X's messages while their links still lead somewhere, and puts them into the item. Only from hosts that the connector
 * lists, through no redirect to another, within limits of size, number and time; what is not fetched is said in the item, and its link stays.
 */
@Component
class XMedia {

    /** For all media of a call: X waits ten seconds for an answer. */
    static final Duration WEBHOOK_TIME_MAX = Duration.ofSeconds(5);
    /** For all media of a page. */
    static final Duration POLL_TIME_MAX = Duration.ofMinutes(2);

    private static final int FILE_BYTES_MAX = 10 * 1024 * 1024;
    private static final int FILES_MAX = 4;
    private static final int REDIRECTS_MAX = 3;
    private static final Duration FILE_TIME_MAX = Duration.ofSeconds(20);
    private static final Logger LOG = LoggerFactory.getLogger(XMedia.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Clock clock;
    private final HttpClient client = HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    XMedia(Clock clock) {
        this.clock = clock;
    }

    /**
     * Where from: a name each, or for tests an origin such as {@code http://127.0.0.1:8080}.
     *
     * @param open where anyone may fetch
     * @param signed where X wants to know for whom it is
     * @param signer fetches from there, following no redirect
     */
    record Hosts(List<String> open, List<String> signed, Signer signer) {

        static Hosts open(List<String> hosts) {
            return new Hosts(hosts, List.of(), link -> InputStream.nullInputStream());
        }
    }

    interface Signer {
        InputStream get(String link) throws IOException;
    }

    Cut fetch(Cut cut, Hosts hosts, Duration timeMax) {
        var end = clock.instant().plus(timeMax);
        return switch (cut) {
            case Cut.Malformed malformed -> malformed;
            case Cut.Items(var items, var passedOver) ->
                new Cut.Items(items.stream().map(item -> with(item, hosts, end)).toList(), passedOver);
        };
    }

    private Arrival with(Arrival item, Hosts hosts, Instant end) {
        var links = links(JSON.readTree(item.content()));
        if (links.isEmpty()) {
            return item;
        }
        var files = JSON.createArrayNode();
        links.forEach(link -> files.add(file(link, hosts, end)));
        // Before the brace that closes the item, so that its other bytes stay as they came.
        var content = item.content();
        var media = (",\"postbag:media\":" + JSON.writeValueAsString(files) + "}").getBytes(StandardCharsets.UTF_8);
        var whole = Arrays.copyOf(content, content.length - 1 + media.length);
        System.arraycopy(media, 0, whole, content.length - 1, media.length);
        return item.holding(whole);
    }

    /** Of photos and films, in both layouts of the API. */
    private static Set<String> links(JsonNode item) {
        var media = new ArrayList<JsonNode>();
        for (var list : List.of("events", "direct_message_events")) {
            media.add(item.path(list)
                    .path(0)
                    .path("message_create")
                    .path("message_data")
                    .path("attachment")
                    .path("media"));
        }
        item.path("includes").path("media").forEach(media::add);
        item.path("tweet_create_events")
                .path(0)
                .path("extended_entities")
                .path("media")
                .forEach(media::add);
        var links = new LinkedHashSet<String>();
        for (var one : media) {
            var link = link(one);
            if (!link.isEmpty() && links.size() < FILES_MAX) {
                links.add(link);
            }
        }
        return links;
    }

    private static String link(JsonNode media) {
        var variants = media.has("video_info") ? media.path("video_info").path("variants") : media.path("variants");
        var best = "";
        long most = -1;
        for (var variant : variants) {
            long rate = variant.path(variant.has("bit_rate") ? "bit_rate" : "bitrate")
                    .longValue(0);
            if (variant.path("content_type").asString("").equals("video/mp4") && rate > most) {
                most = rate;
                best = variant.path("url").asString("");
            }
        }
        if (!best.isEmpty()) {
            return best;
        }
        return media.path(
                        media.has("media_url_https")
                                ? "media_url_https"
                                : media.has("url") ? "url" : "preview_image_url")
                .asString("");
    }

    private ObjectNode file(String link, Hosts hosts, Instant end) {
        var file = JSON.createObjectNode().put("url", link);
        try {
            if (isAmong(link, hosts.signed())) {
                var content = signed(link, hosts.signer());
                return file.put("type", type(content)).put("content", content);
            }
            var answer = get(link, hosts.open(), end);
            return file.put("type", type(answer)).put("content", answer.body());
        } catch (NotFetched why) {
            LOG.info("A picture or film was not fetched: {}", why.getMessage());
            return file.put("problem", why.getMessage());
        }
    }

    private HttpResponse<byte[]> get(String link, List<String> hosts, Instant end) throws NotFetched {
        var at = allowed(link, hosts);
        for (int redirects = 0; ; redirects++) {
            var answer = get(at, end);
            if (answer.statusCode() == 200) {
                return answer;
            }
            var next = answer.headers().firstValue("Location");
            if (answer.statusCode() / 100 != 3 || next.isEmpty() || redirects == REDIRECTS_MAX) {
                throw new NotFetched("the answer was " + answer.statusCode());
            }
            at = allowed(resolved(at, next.get()), hosts);
        }
    }

    private HttpResponse<byte[]> get(URI at, Instant end) throws NotFetched {
        var left = Duration.between(clock.instant(), end);
        var wait = left.compareTo(FILE_TIME_MAX) < 0 ? left : FILE_TIME_MAX;
        if (wait.isNegative() || wait.isZero()) {
            throw new NotFetched("there was no time left");
        }
        var coming = client.sendAsync(
                HttpRequest.newBuilder(at).timeout(wait).build(),
                BodyHandlers.limiting(BodyHandlers.ofByteArray(), FILE_BYTES_MAX));
        try {
            return coming.get(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException slow) {
            throw new NotFetched("it took too long");
        } catch (ExecutionException failed) {
            throw new NotFetched(
                    failed.getCause() instanceof IOException
                            ? "it is larger than 10 MB, or the host is away"
                            : "the host is away");
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new NotFetched("Postbag was stopping");
        } finally {
            coming.cancel(true);
        }
    }

    private static String resolved(URI at, String location) throws NotFetched {
        try {
            return at.resolve(location).toString();
        } catch (IllegalArgumentException notALink) {
            throw new NotFetched("it leads to what is no link");
        }
    }

    private static byte[] signed(String link, Signer signer) throws NotFetched {
        try (var in = signer.get(link)) {
            var content = in.readNBytes(FILE_BYTES_MAX + 1);
            if (content.length > FILE_BYTES_MAX) {
                throw new NotFetched("it is larger than 10 MB");
            }
            return content;
        } catch (IOException refused) {
            throw new NotFetched("X doesn't give it, or is away");
        }
    }

    private static URI allowed(String link, List<String> hosts) throws NotFetched {
        if (isAmong(link, hosts)) {
            return URI.create(link);
        }
        throw new NotFetched("it lies on a host that nothing is fetched from");
    }

    private static boolean isAmong(String link, List<String> hosts) {
        try {
            var at = URI.create(link);
            var host = at.getHost() == null ? "" : at.getHost().toLowerCase(Locale.ROOT);
            boolean plain = "https".equals(at.getScheme()) && at.getPort() == -1 && hosts.contains(host);
            return at.getUserInfo() == null && (plain || hosts.contains(at.getScheme() + "://" + at.getAuthority()));
        } catch (IllegalArgumentException notALink) {
            return false;
        }
    }

    /** By its first bytes: the signer doesn't say, and gives a redirect's page for the picture. */
    private static String type(byte[] content) throws NotFetched {
        var first = new String(content, 0, Math.min(content.length, 12), StandardCharsets.ISO_8859_1);
        if (first.startsWith("\u00FF\u00D8\u00FF")) {
            return "image/jpeg";
        }
        if (first.startsWith("\u0089PNG")) {
            return "image/png";
        }
        if (first.startsWith("GIF8")) {
            return "image/gif";
        }
        if (first.startsWith("ftyp", 4)) {
            return "video/mp4";
        }
        throw new NotFetched("what X gives is no picture or film");
    }

    private static String type(HttpResponse<byte[]> answer) {
        var type = answer.headers().firstValue("Content-Type").orElse("");
        int end = type.indexOf(';');
        return (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }

    /** The message is for staff: of the host and its answer, never of what was written. */
    private static final class NotFetched extends Exception {
        private static final long serialVersionUID = 1;

        NotFetched(String why) {
            super(why, null, false, false);
        }
    }
}
