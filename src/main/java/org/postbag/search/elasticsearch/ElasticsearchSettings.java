package org.postbag.search.elasticsearch;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where Elasticsearch is.
 *
 * @param urls of its nodes, such as {@code https://search1:9200}; given, it is the engine
 * @param apiKey as Elasticsearch encodes it, in place of a user and a password
 * @param caFile the certificate (PEM) of who signed the server's, in place of the authorities that Java trusts
 * @param index the name of the alias, and the beginning of the indexes' names
 */
@ConfigurationProperties("postbag.search.elasticsearch")
record ElasticsearchSettings(
        @DefaultValue List<URI> urls,
        @Nullable String apiKey,
        @Nullable String username,
        @Nullable String password,
        @Nullable Path caFile,
        @DefaultValue("postbag") String index) {

    static final String PREFIX = "postbag.search.elasticsearch.";
}
