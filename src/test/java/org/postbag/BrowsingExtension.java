package org.postbag;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/** Gives each test method a {@link Browsing} of its own, closed at its end. */
class BrowsingExtension implements ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(BrowsingExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        return parameter.getParameter().getType() == Browsing.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
        var port = SpringExtension.getApplicationContext(test)
                .getEnvironment()
                .getRequiredProperty("local.server.port", Integer.class);
        return test.getStore(NAMESPACE)
                .computeIfAbsent(
                        Browsing.class,
                        _ -> new Browsing("http://localhost:" + port, Chromium.running()),
                        Browsing.class);
    }
}
