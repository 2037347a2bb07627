package org.postbag.search.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

class ElasticsearchServerTest {

    @Test
    void theTestsHaveARealOne() throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            var answer = client.send(
                    HttpRequest.newBuilder(ElasticsearchServer.shared()).build(), BodyHandlers.ofString());

            assertThat(answer.body()).contains("\"number\" : \"9.", "\"lucene_version\" : \"10.4.0\"");
        }
    }
}
