package org.postbag.settings;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says which setting, in place of a stack trace. Named in {@code META-INF/spring.factories}. */
class MissingSettingAnalyzer extends AbstractFailureAnalyzer<MissingSetting> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, MissingSetting cause) {
        return new FailureAnalysis(
                "Postbag does not start without " + cause.setting() + ".",
                "Set " + cause.setting() + " to " + cause.what() + ".",
                cause);
    }
}
