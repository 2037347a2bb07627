package org.postbag.console.reaching;

import java.util.List;
import java.util.Map;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** Runs samples through the steps that a connector's items go, and stores nothing. */
@Component
@Profile("!command")
public final class SampleRun {

    /** Of all samples of a run together. */
    public static final int SAMPLES_BYTES_MAX = 10 * 1024 * 1024;

    public static final int SAMPLES_MAX = 20;
    /** How much is shown of what the samples would become. */
    public static final int SHOWN_MAX = 100;

    SampleRun() {}

    /** What would become of each item in the samples, at most {@link #SHOWN_MAX}. Bounded in time as a test of a connection is. */
    public List<WouldBe> run(String connector, Map<String, String> values, List<SampleItem> samples) {
        return List.of();
    }
}
