package org.postbag.receiving;

import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where profiles are: {@code postbag.profiles}, a folder outside the program that the people who run the ways in can edit. */
@Configuration(proxyBeanMethods = false)
class ProfilesConfiguration {

    @Bean
    Profiles profiles(@Value("${postbag.profiles:profiles}") Path folder) {
        return new Profiles(folder);
    }
}
