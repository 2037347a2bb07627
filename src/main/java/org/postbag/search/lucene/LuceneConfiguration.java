package org.postbag.search.lucene;

import java.io.IOException;
import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class LuceneConfiguration {

    @Bean
    LuceneIndex searchIndex(@Value("${postbag.data}") Path data) throws IOException {
        return LuceneIndex.open(data.toAbsolutePath().resolve(LuceneIndex.FOLDER));
    }
}
