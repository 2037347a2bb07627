package org.postbag.extracting;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ExtractingConfiguration {

    @Bean
    FileReading fileReading() {
        return new ReadingProcesses(Runtime.getRuntime().availableProcessors());
    }
}
