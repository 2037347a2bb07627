package org.postbag.search.lucene;

import java.io.IOException;
import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The engine where no other is named. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "postbag.search.elasticsearch.urls", havingValue = "false", matchIfMissing = true)
class LuceneConfiguration {

    @Bean
    LuceneIndex searchIndex(@Value("${postbag.data}") Path data) throws IOException {
        return LuceneIndex.open(data.toAbsolutePath().resolve(LuceneIndex.FOLDER));
    }
}
