package org.postbag.console.reaching;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;
import org.postbag.console.reaching.MadeRoutes.Setting;
import org.postbag.console.reaching.SecretUses.Use;

/** What routes are set to is read from the connectors that they were made from. */
class MadeRoutesTest {

    private static final String ROUTES = """
            - routeTemplate:
                id: letter
                parameters:
                  - name: key
                    description: "Secret. The key to the letter box"
                  - name: host
                    description: "Host. Where it stands"
                    defaultValue: "Letters.example"
                from:
                  uri: "direct:{{host}}"
                  steps:
                    - log: "{{key}}"
            - routeTemplate:
                id: telephone
                parameters:
                  - name: key
                    description: "The key that is pressed"
                from:
                  uri: "direct:telephone"
                  steps:
                    - log: "{{key}} {{more}}"
            - templatedRoute:
                routeTemplateRef: letter
                routeId: letters
                parameters:
                  - name: key
                    value: "{{postbag.letters.key}}"
            - templatedRoute:
                routeTemplateRef: telephone
                routeId: calls
                parameters:
                  - name: key
                    value: "{{postbag.calls.key}}"
                  - name: more
                    value: "{{secret:MORE}}"
            - route:
                id: plain
                from:
                  uri: "direct:plain"
                  steps:
                    - log: "{{secret:PLAIN}}"
            """;

    @Test
    void eachRouteIsReadByItsOwnConnector() throws Exception {
        try (var camel = new DefaultCamelContext()) {
            var connectors = new RouteConnectors();
            camel.getRegistry().bind("connectors", connectors);
            camel.getPropertiesComponent().addInitialProperty("postbag.letters.key", "k");
            camel.getPropertiesComponent().addInitialProperty("postbag.calls.key", "5");
            PluginHelper.getRoutesLoader(camel).loadRoutes(ResourceHelper.fromString("it.camel.yaml", ROUTES));
            var made = new MadeRoutes(camel, connectors);

            assertThat(made.all()).extracting(MadeRoutes.Made::connector).containsExactly("letter", "telephone");
            assertThat(made.of("plain")).isEmpty();
            assertThat(made.of("none")).isEmpty();
            assertThat(made.of("letters").orElseThrow().settings())
                    .filteredOn(Setting::known)
                    .extracting(Setting::value)
                    .containsExactly("{{postbag.letters.key}}", "Letters.example");
            assertThat(made.of("calls").orElseThrow().settings())
                    .filteredOn(setting -> !setting.known())
                    .extracting(Setting::value)
                    .contains("{{secret:MORE}}");

            // What is called alike is a secret in one connector and none in the other.
            assertThat(new SecretUses(camel, made).all())
                    .containsExactlyInAnyOrder(
                            new Use("letters", Set.of("postbag.letters.key"), Set.of(), Set.of("letters.example")),
                            new Use("calls", Set.of("MORE"), Set.of("postbag.calls.key", "MORE"), Set.of()),
                            new Use("plain", Set.of("PLAIN"), Set.of(), Set.of()));
        }
    }
}
