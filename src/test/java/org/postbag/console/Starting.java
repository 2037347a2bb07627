package org.postbag.console;

import java.util.Map;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultEndpoint;

/** A door whose consumers do something when they start, with what stands behind the component's name in their address. */
public final class Starting extends DefaultComponent {

    private final Act act;

    /** What is done. */
    @FunctionalInterface
    public interface Act {
        void with(String address) throws Exception;
    }

    public Starting(Act act) {
        this.act = act;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        return new DefaultEndpoint(uri, this) {
            @Override
            public Producer createProducer() {
                throw new UnsupportedOperationException();
            }

            @Override
            public Consumer createConsumer(Processor processor) {
                return new DefaultConsumer(this, processor) {
                    @Override
                    protected void doStart() throws Exception {
                        act.with(remaining);
                        super.doStart();
                    }
                };
            }
        };
    }
}
