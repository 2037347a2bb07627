package org.postbag.console.reaching;

import org.apache.camel.CamelContext;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.postbag.receiving.SecretValues;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** Where routes run, {@code {{revealed:...}}} gives secrets; elsewhere Camel finds one that has none. */
@Component
@Profile("!command")
final class SecretsInCamel implements CamelContextConfiguration {

    private final SecretValues secrets;

    SecretsInCamel(SecretValues secrets) {
        this.secrets = secrets;
    }

    @Override
    public void beforeApplicationStart(CamelContext context) {
        var revealed = new RevealedFunction(secrets);
        revealed.setCamelContext(context);
        context.getPropertiesComponent().addPropertiesFunction(revealed);
    }

    @Override
    public void afterApplicationStart(CamelContext context) {
        // Nothing is left to do then.
    }
}
