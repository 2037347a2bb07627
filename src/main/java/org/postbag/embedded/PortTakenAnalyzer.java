package org.postbag.embedded;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says which setting chooses another port, in place of a stack trace. Named in {@code META-INF/spring.factories}. */
class PortTakenAnalyzer extends AbstractFailureAnalyzer<PortTaken> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, PortTaken cause) {
        return analysis(cause.port(), cause.setting(), cause);
    }

    static FailureAnalysis analysis(int port, String setting, Throwable cause) {
        return new FailureAnalysis(
                "Port %d is taken by another program. What is stored already was kept.".formatted(port),
                "Stop the other program, or choose another port with --%s=PORT.".formatted(setting),
                cause);
    }
}
