package org.postbag.search.elasticsearch;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.json.SimpleJsonpMapper;
import co.elastic.clients.transport.TransportUtils;
import co.elastic.clients.transport.rest5_client.Rest5ClientOptions;
import co.elastic.clients.transport.rest5_client.Rest5ClientTransport;
import co.elastic.clients.transport.rest5_client.low_level.RequestOptions;
import co.elastic.clients.transport.rest5_client.low_level.Rest5Client;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.message.BasicHeader;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.postbag.settings.MissingSetting;

/** Makes the client. It talks to the nodes that are named and looks for no others. */
final class Connection {

    private static final Timeout CONNECT_MAX = Timeout.ofSeconds(3);
    private static final Timeout ANSWER_MAX = Timeout.ofSeconds(60);
    /** For what somebody waits for: a search ends by itself a little earlier. */
    private static final Timeout ANSWER_SOON_MAX = Timeout.ofSeconds(12);

    private static final int AT_ONCE_MAX = 64;

    private Connection() {}

    /** @throws MissingSetting where one can't be what it says */
    static ElasticsearchClient to(ElasticsearchSettings settings) {
        if (settings.urls().isEmpty() || !settings.urls().stream().allMatch(Connection::isAddress)) {
            throw new MissingSetting(ElasticsearchSettings.PREFIX + "urls", "addresses such as https://search1:9200");
        }
        var builder = Rest5Client.builder(settings.urls())
                .setConnectionConfigCallback(c -> c.setConnectTimeout(CONNECT_MAX))
                .setRequestConfigCallback(r -> r.setResponseTimeout(ANSWER_MAX))
                .setConnectionManagerCallback(
                        m -> m.setMaxConnPerRoute(AT_ONCE_MAX).setMaxConnTotal(AT_ONCE_MAX));
        var who = authorization(settings);
        if (who != null) {
            builder.setDefaultHeaders(new Header[] {new BasicHeader("Authorization", who)});
        }
        if (settings.caFile() != null) {
            builder.setSSLContext(trusting(settings));
        }
        return new ElasticsearchClient(new Rest5ClientTransport(builder.build(), SimpleJsonpMapper.INSTANCE));
    }

    /** The same client, which doesn't wait as long for an answer. */
    static ElasticsearchClient impatient(ElasticsearchClient client) {
        var soon = RequestOptions.DEFAULT.toBuilder()
                .setRequestConfig(RequestConfig.custom()
                        .setResponseTimeout(ANSWER_SOON_MAX)
                        .build());
        return client.withTransportOptions(new Rest5ClientOptions(soon.build(), false));
    }

    private static boolean isAddress(URI url) {
        return url.getHost() != null && ("https".equals(url.getScheme()) || "http".equals(url.getScheme()));
    }

    private static @Nullable String authorization(ElasticsearchSettings settings) {
        if (settings.apiKey() != null && !settings.apiKey().isBlank()) {
            return "ApiKey " + settings.apiKey().strip();
        }
        if (settings.username() == null || settings.username().isBlank()) {
            return null;
        }
        if (settings.password() == null) {
            throw new MissingSetting(
                    ElasticsearchSettings.PREFIX + "password", "the password of the user for Elasticsearch");
        }
        var both = settings.username() + ":" + settings.password();
        return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
    }

    private static SSLContext trusting(ElasticsearchSettings settings) {
        var file = settings.caFile();
        if (file != null) {
            try {
                return TransportUtils.sslContextFromHttpCaCrt(file.toFile());
            } catch (IOException | RuntimeException e) {
                // said below
            }
        }
        throw new MissingSetting(ElasticsearchSettings.PREFIX + "ca-file", "a file with a certificate (PEM)");
    }
}
