package org.postbag.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** A file in the folder of secrets gives the setting that it is named after. */
class SecretFilesTest {

    @TempDir
    private Path folder;

    @Configuration(proxyBeanMethods = false)
    static class Nothing {}

    @Test
    void aFileGivesItsSettingWithoutTheEndOfItsLine() throws IOException {
        Files.writeString(folder.resolve("spring.datasource.password"), "a secret\n");

        assertThat(settings().getProperty("spring.datasource.password")).isEqualTo("a secret");
    }

    @Test
    void kafkasOwnNamesMayBeFilesToo() throws IOException {
        Files.writeString(folder.resolve("postbag.kafka.settings.sasl.jaas.config"), "password=\"x\";");

        assertThat(Binder.get(settings())
                        .bind("postbag.kafka.settings", Bindable.mapOf(String.class, String.class))
                        .get())
                .isEqualTo(Map.of("sasl.jaas.config", "password=\"x\";"));
    }

    @Test
    void whereThereIsNoFolderThereIsNoSecret() {
        var settings = settings("--postbag.secrets=" + folder.resolve("none"));

        assertThat(settings.getProperty("spring.datasource.password")).isNull();
    }

    private Environment settings() {
        return settings("--postbag.secrets=" + folder);
    }

    private static Environment settings(String... arguments) {
        try (var program = new SpringApplicationBuilder(Nothing.class)
                .web(WebApplicationType.NONE)
                .run(arguments)) {
            return program.getEnvironment();
        }
    }
}
