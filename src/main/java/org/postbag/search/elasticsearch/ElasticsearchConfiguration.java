package org.postbag.search.elasticsearch;

import java.io.IOException;
import java.net.UnknownHostException;
import java.time.Clock;
import javax.net.ssl.SSLException;
import org.postbag.settings.MissingSetting;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("postbag.search.elasticsearch.urls")
class ElasticsearchConfiguration {

    private static final String PREFIX = ElasticsearchSettings.PREFIX;

    @Bean
    ElasticsearchIndex searchIndex(ElasticsearchSettings settings, Clock clock) throws IOException {
        var client = Connection.to(settings);
        try {
            return ElasticsearchIndex.open(client, settings.index(), clock);
        } catch (IOException refused) {
            client.close();
            throw told(refused, settings);
        }
    }

    /** Says which setting is wrong. The client's own words are left out: they may repeat an address. */
    private static MissingSetting told(IOException refused, ElasticsearchSettings settings) {
        if (refused instanceof Refusal refusal && refusal.isOfWho()) {
            var who = settings.apiKey() == null ? "password" : "api-key";
            return new MissingSetting(PREFIX + who, "one that lets Postbag in: " + refusal.getMessage());
        }
        if (refused instanceof Refusal || refused instanceof WrongVersion) {
            return new MissingSetting(PREFIX + "urls", "an Elasticsearch 9 that can be used: " + refused.getMessage());
        }
        for (Throwable cause = refused; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownHostException) {
                return new MissingSetting(PREFIX + "urls", "machines whose names are known: one of them isn't");
            }
            if (cause instanceof SSLException) {
                return new MissingSetting(
                        PREFIX + "ca-file",
                        "the certificate of who signed the nodes' ones: theirs isn't trusted, is for another name, or they speak no TLS");
            }
        }
        return new MissingSetting(
                PREFIX + "urls",
                "an Elasticsearch 9 that answers: nothing listens there, or it takes https where http is set");
    }
}
