package org.postbag;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** What docker-compose.yml promises to who starts it: that it can be started is tried by hand, as docs/operating.md says. */
class ComposeTest {

    private static String text;
    private static Map<String, Map<String, Object>> services;

    @BeforeAll
    static void read() throws IOException {
        text = Files.readString(Path.of("docker-compose.yml"));
        Map<String, Map<String, Map<String, Object>>> whole = new Yaml().load(text);
        services = Objects.requireNonNull(whole.get("services"));
    }

    @Test
    void onlyThisMachineReachesAPort() {
        assertThat(services.values())
                .flatExtracting(service -> (List<?>) service.getOrDefault("ports", List.of()))
                .hasSize(2)
                .allSatisfy(port -> assertThat(port.toString()).startsWith("127.0.0.1:"));
    }

    @Test
    void eachThatStaysHasALimitOfItsMemory() {
        assertThat(services)
                .allSatisfy((name, service) ->
                        assertThat(service.containsKey("mem_limit")).as(name).isEqualTo(!name.equals("keys")));
    }

    @Test
    void postbagStartsWhenItsServersAreWellAndWritesToItsDataOnly() {
        var postbag = Objects.requireNonNull(services.get("postbag"));

        assertThat(postbag.get("depends_on"))
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("postgres", Map.of("condition", "service_healthy"))
                .containsEntry("kafka", Map.of("condition", "service_healthy"))
                .containsEntry("elasticsearch", Map.of("condition", "service_healthy"));
        assertThat(postbag).containsEntry("read_only", true).containsEntry("cap_drop", List.of("ALL"));
    }

    @Test
    void theServersAreOfTheVersionsThatTheTestsNameUnlessOthersWereChosen() throws IOException {
        var pom = Files.readString(Path.of("pom.xml"));
        var kafka = between(pom, "<kafka.version>", "</kafka.version>");

        assertThat(text)
                .contains("${POSTBAG_POSTGRES_IMAGE:-" + between(pom, "<postgres.image>", "</postgres.image>") + "}")
                .contains("${POSTBAG_KAFKA_IMAGE:-apache/kafka:" + kafka + "}")
                .contains("${POSTBAG_ELASTICSEARCH_IMAGE:-"
                        + between(pom, "<elasticsearch.image>", "</elasticsearch.image>") + "}");
    }

    private static String between(String text, String before, String after) {
        int from = text.indexOf(before) + before.length();
        return text.substring(from, text.indexOf(after, from));
    }
}
