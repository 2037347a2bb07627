package org.postbag.receiving.web;

import java.nio.file.Path;
import org.postbag.receiving.Topics;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where the contact form's questions are: {@code contact.yaml} in {@code postbag.forms}, a folder outside the program. */
@Configuration(proxyBeanMethods = false)
class TopicsConfiguration {

    @Bean
    Topics topics(ContactFormSettings settings, @Value("${postbag.forms:forms}") Path folder) {
        return Topics.read(folder.resolve("contact.yaml"), settings.topics());
    }
}
