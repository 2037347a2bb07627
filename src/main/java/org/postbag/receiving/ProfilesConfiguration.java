package org.postbag.receiving;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where profiles are: {@code postbag.profiles}, a folder outside the program that the people who run the ways in can edit, and what the console put in force. */
@Configuration(proxyBeanMethods = false)
class ProfilesConfiguration {

    @Bean
    Profiles profiles(
            @Value("${postbag.profiles:profiles}") Path folder, ObjectProvider<TextsInForce> console, Clock clock) {
        return new Profiles(folder, new Later(console), clock);
    }

    /** The console stands on these, so it is looked for when it is first asked. */
    private record Later(ObjectProvider<TextsInForce> console) implements TextsInForce {

        @Override
        public Map<String, Text> all(String kind) {
            return console.getIfAvailable(() -> NONE).all(kind);
        }

        @Override
        public List<String> earlier(String kind, String name, int limit) {
            return console.getIfAvailable(() -> NONE).earlier(kind, name, limit);
        }
    }
}
