package org.postbag;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.random.RandomGenerator;
import org.postbag.cli.CommandLine;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Serves, or with a first word does one thing and ends: see {@code org.postbag.cli}. */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableScheduling
public class Postbag {

    public static void main(String[] args) {
        if (CommandLine.asksForCommand(args)) {
            System.exit(CommandLine.run(Postbag.class, args));
        }
        SpringApplication.run(Postbag.class, args);
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    /** For keys and tokens: what it makes can't be guessed. */
    @Bean
    RandomGenerator random() {
        return new SecureRandom();
    }
}
