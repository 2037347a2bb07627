package org.postbag.console.reaching;

import java.util.Objects;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.spi.PropertiesFunction;
import org.jspecify.annotations.Nullable;
import org.postbag.receiving.SecretValues;

/**
 * Camel's {@code {{revealed:PARAMETER}}}, for connectors whose component isn't ours and knows no handles: what the parameter's secret stands for. Camel then
 * keeps it in the endpoint, so ours don't use it. Where a draft is only checked there are no secrets, and the handle stands for them.
 */
public final class RevealedFunction implements PropertiesFunction, CamelContextAware {

    private @Nullable CamelContext camel;
    private final @Nullable SecretValues secrets;

    /** As Camel finds it. */
    public RevealedFunction() {
        this(null);
    }

    RevealedFunction(@Nullable SecretValues secrets) {
        this.secrets = secrets;
    }

    @Override
    public String getName() {
        return "revealed";
    }

    @Override
    public String apply(String parameter) {
        var setting = Objects.requireNonNull(camel).resolvePropertyPlaceholders("{{" + parameter + "}}");
        return secrets == null ? setting : secrets.reveal(setting);
    }

    @Override
    public void setCamelContext(CamelContext context) {
        this.camel = context;
    }

    @Override
    public CamelContext getCamelContext() {
        return Objects.requireNonNull(camel);
    }
}
