package org.postbag.receiving.web;

import java.nio.file.Path;
import org.postbag.receiving.FormTopics;
import org.postbag.receiving.TextsInForce;
import org.postbag.receiving.Topics;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Where the contact form's questions are: {@code contact.yaml} in {@code postbag.forms}, a folder outside the program, until the console puts others in
 * force.
 */
@Configuration(proxyBeanMethods = false)
class TopicsConfiguration {

    @Bean
    FormTopics formTopics(
            ContactFormSettings settings,
            @Value("${postbag.forms:forms}") Path folder,
            ObjectProvider<TextsInForce> console) {
        return new FormTopics(
                Topics.read(folder.resolve("contact.yaml"), settings.topics()),
                () -> console.getIfAvailable(() -> TextsInForce.NONE));
    }
}
