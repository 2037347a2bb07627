package org.postbag.console.reaching;

import org.apache.camel.spi.PropertiesFunction;
import org.postbag.receiving.SecretValues;

/**
 * Camel's {@code {{secret:NAME}}}: gives the handle of the secret, which says nothing. Our own components ask for the secret when they sign in. Found by Camel
 * itself (META-INF/services), so that a context in which a draft is only checked knows it too.
 */
public final class SecretFunction implements PropertiesFunction {

    @Override
    public String getName() {
        return "secret";
    }

    @Override
    public String apply(String name) {
        if (!Secrets.NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("A secret is called by letters, digits, dots, hyphens and underscores");
        }
        return SecretValues.HANDLE + name;
    }
}
