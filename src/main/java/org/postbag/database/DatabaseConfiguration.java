package org.postbag.database;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.flyway.autoconfigure.FlywayConnectionDetails;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.core.env.Environment;

/** The connections are made from the checked database, so that whatever connects finds it checked. */
@Configuration(proxyBeanMethods = false)
@Profile("!try")
class DatabaseConfiguration {

    @Bean
    Database database(Environment settings, @Value("${spring.flyway.placeholders.app_role}") String role) {
        return Database.open(SignIn.owner(settings), SignIn.application(settings), role);
    }

    @Bean
    JdbcConnectionDetails jdbcConnectionDetails(Database database) {
        var application = database.application();
        return new JdbcConnectionDetails() {
            @Override
            public String getUsername() {
                return application.user();
            }

            @Override
            public @Nullable String getPassword() {
                return application.password();
            }

            @Override
            public String getJdbcUrl() {
                return application.url();
            }
        };
    }

    @Bean
    FlywayConnectionDetails flywayConnectionDetails(Database database) {
        var owner = database.owner();
        return new FlywayConnectionDetails() {
            @Override
            public String getUsername() {
                return owner.user();
            }

            @Override
            public @Nullable String getPassword() {
                return owner.password();
            }

            @Override
            public String getJdbcUrl() {
                return owner.url();
            }
        };
    }
}
