package org.postbag.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.postbag.receiving.KafkaConnection;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.flyway.autoconfigure.FlywayConnectionDetails;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/** Try mode's servers. Each is up before what connects to it, since its connection is a bean made from it, and goes down after. */
@Configuration(proxyBeanMethods = false)
@Profile("try")
class TryServers {

    @Bean
    DataFolder dataFolder(@Value("${postbag.data}") Path data) throws IOException {
        return DataFolder.hold(data.toAbsolutePath());
    }

    @Bean
    PostgresServer postgresServer(DataFolder data) throws IOException {
        return PostgresServer.start(data.resolve("postgres"));
    }

    @Bean
    JdbcConnectionDetails jdbcConnectionDetails(PostgresServer postgres) {
        return new JdbcConnectionDetails() {
            @Override
            public String getUsername() {
                return PostgresServer.APPLICATION;
            }

            @Override
            public String getPassword() {
                return postgres.applicationPassword();
            }

            @Override
            public String getJdbcUrl() {
                return postgres.url();
            }
        };
    }

    @Bean
    FlywayConnectionDetails flywayConnectionDetails(PostgresServer postgres) {
        return new FlywayConnectionDetails() {
            @Override
            public String getUsername() {
                return PostgresServer.OWNER;
            }

            @Override
            public String getPassword() {
                return postgres.ownerPassword();
            }

            @Override
            public String getJdbcUrl() {
                return postgres.url();
            }
        };
    }

    @Bean
    KafkaBroker kafkaBroker(DataFolder data) throws IOException {
        return KafkaBroker.start(data.resolve("kafka"));
    }

    @Bean
    KafkaConnection kafkaConnection(KafkaBroker broker) {
        return new KafkaConnection(broker.bootstrapServers(), Map.of());
    }
}
