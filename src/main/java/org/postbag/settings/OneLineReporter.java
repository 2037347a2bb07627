package org.postbag.settings;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalysisReporter;

/**
 * Why the program doesn't start, as one line of the log in place of Spring's block of eleven, so that it is found where logs are read line by line. Named
 * in {@code META-INF/spring.factories}; Spring's own is switched off in {@code application.yaml}.
 */
class OneLineReporter implements FailureAnalysisReporter {

    private static final Logger LOG = LoggerFactory.getLogger("org.postbag.start");

    @Override
    public void report(FailureAnalysis analysis) {
        LOG.error(line(analysis));
    }

    static String line(FailureAnalysis analysis) {
        var action = analysis.getAction();
        var all = analysis.getDescription() + (action == null ? "" : " " + action);
        return all.strip().replaceAll("\\s+", " ");
    }
}
