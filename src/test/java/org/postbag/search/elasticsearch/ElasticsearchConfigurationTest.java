package org.postbag.search.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postbag.embedded.LoopbackPorts;
import org.postbag.search.SearchIndex;
import org.postbag.search.lucene.LuceneIndex;
import org.postbag.settings.MissingSetting;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;

/** Which engine it is, and what is said of a wrong setting. */
class ElasticsearchConfigurationTest {

    private static final String URLS = "postbag.search.elasticsearch.urls=";

    @TempDir
    private Path data;

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(ElasticsearchSettings.class)
    @ComponentScan(
            basePackages = {"org.postbag.search.lucene", "org.postbag.search.elasticsearch"},
            useDefaultFilters = false,
            includeFilters =
                    @ComponentScan.Filter(
                            type = FilterType.REGEX,
                            pattern = ".*\\.(Lucene|Elasticsearch)Configuration"))
    static class Engines {

        @Bean
        Clock clock() {
            return Clock.systemUTC();
        }
    }

    private ApplicationContextRunner with(String... settings) {
        return new ApplicationContextRunner()
                .withUserConfiguration(Engines.class)
                .withPropertyValues("postbag.data=" + data)
                .withPropertyValues(settings);
    }

    @Test
    void withoutASettingItIsLucene() {
        with().run(context -> assertThat(context).getBean(SearchIndex.class).isInstanceOf(LuceneIndex.class));
    }

    @Test
    void whereUrlsAreGivenItIsElasticsearch() throws IOException {
        var name = "test-" + UUID.randomUUID();
        with(URLS + ElasticsearchServer.shared(), "postbag.search.elasticsearch.index=" + name)
                .run(context -> assertThat(context).getBean(SearchIndex.class).isInstanceOf(ElasticsearchIndex.class));
        ElasticsearchServer.drop(name);

        assertThat(data).isEmptyDirectory();
    }

    @Test
    void aServerThatIsNotThereIsNamedByItsSetting() throws IOException {
        isToldOf("urls", URLS + "http://127.0.0.1:" + LoopbackPorts.any());
    }

    @ParameterizedTest
    @ValueSource(strings = {"search1:9200", "ftp://search1", "https:///", ""})
    void anAddressThatIsNoneIsTold(String url) {
        isToldOf("urls", URLS + url);
    }

    @Test
    void aUserWithoutAPasswordIsTold() {
        isToldOf("password", URLS + "https://127.0.0.1:1", "postbag.search.elasticsearch.username=postbag");
    }

    @Test
    void aFileThatIsNoCertificateIsTold() throws IOException {
        var file = Files.writeString(data.resolve("ca.pem"), "no certificate");
        isToldOf("ca-file", URLS + "https://127.0.0.1:1", "postbag.search.elasticsearch.ca-file=" + file);
        isToldOf("ca-file", URLS + "https://127.0.0.1:1", "postbag.search.elasticsearch.ca-file=" + file + "x");
    }

    private void isToldOf(String setting, String... settings) {
        with(settings)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(MissingSetting.class)
                        .hasMessageContaining("postbag.search.elasticsearch." + setting));
    }
}
