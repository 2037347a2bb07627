package org.postbag.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RouteFilesTest {

    @TempDir
    Path folder;

    @Test
    void aWrongFileStopsOnlyItsOwnRoutes() throws Exception {
        write("connectors/timer.camel.yaml", """
                - routeTemplate:
                    id: ticker
                    parameters:
                      - name: name
                    from:
                      uri: timer:{{name}}
                      steps:
                        - log: tick
                """);
        write("routes/a-broken.camel.yaml", "- route:\n    id: broken\n   from: [\n");
        write("routes/b-scalar.camel.yaml", "just text");
        write("routes/c-empty.camel.yaml", "");
        write(
                "routes/d-unknown.camel.yaml",
                "- route:\n    id: unknown\n    from:\n      uri: nonesuch:x\n      steps:\n        - log: x\n");
        write(
                "routes/e-missing.camel.yaml",
                "- templatedRoute:\n    routeId: missing\n    routeTemplateRef: not-there\n    parameters: []\n");
        write("routes/f-good.camel.yaml", templated("good"));
        write("routes/g-again.camel.yaml", templated("good"));
        write("routes/h-better.camel.yaml", templated("better"));
        var files = new RouteFiles(folder.resolve("connectors"), folder.resolve("routes"));
        try (var context = new DefaultCamelContext()) {
            context.start();
            files.afterApplicationStart(context);

            assertThat(files.all()).hasSize(9);
            assertThat(files.all())
                    .filteredOn(f -> f.problem() == null)
                    .extracting(RouteFile::name)
                    .containsExactly(
                            "connectors/timer.camel.yaml", "routes/f-good.camel.yaml", "routes/h-better.camel.yaml");
            assertThat(problem(files, "routes/a-broken.camel.yaml")).startsWith("Line 3");
            assertThat(problem(files, "routes/b-scalar.camel.yaml")).contains("not a YAML list");
            assertThat(problem(files, "routes/c-empty.camel.yaml")).contains("not a YAML list");
            assertThat(problem(files, "routes/d-unknown.camel.yaml")).contains("nonesuch");
            assertThat(problem(files, "routes/e-missing.camel.yaml")).contains("not-there");
            assertThat(problem(files, "routes/g-again.camel.yaml")).contains("already a route good");
            assertThat(context.getRoutes())
                    .extracting(org.apache.camel.Route::getRouteId)
                    .containsExactlyInAnyOrder("good", "better");
            assertThat(context.getRouteController().getRouteStatus("good").isStarted())
                    .isTrue();
        }
    }

    private static String problem(RouteFiles files, String name) {
        return String.valueOf(files.all().stream()
                .filter(f -> f.name().equals(name))
                .findFirst()
                .orElseThrow()
                .problem());
    }

    private static String templated(String id) {
        return "- templatedRoute:\n    routeId: " + id
                + "\n    routeTemplateRef: ticker\n    parameters:\n      - name: name\n        value: " + id + "\n";
    }

    private void write(String name, String text) throws Exception {
        var file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
