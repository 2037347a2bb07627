package org.postbag.search.elasticsearch;

import java.io.IOException;
import java.time.Clock;
import org.postbag.receiving.MissingSetting;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("postbag.search.elasticsearch.urls")
class ElasticsearchConfiguration {

    @Bean
    ElasticsearchIndex searchIndex(ElasticsearchSettings settings, Clock clock) throws IOException {
        var client = Connection.to(settings);
        try {
            return ElasticsearchIndex.open(client, settings.index(), clock);
        } catch (IOException e) {
            client.close();
            throw new MissingSetting(
                    ElasticsearchSettings.PREFIX + "urls", "an Elasticsearch 9 that answers (" + e.getMessage() + ")");
        }
    }
}
