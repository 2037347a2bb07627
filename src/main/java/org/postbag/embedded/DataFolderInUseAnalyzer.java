package org.postbag.embedded;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says what to do about it, in place of a stack trace. Named in {@code META-INF/spring.factories}. */
class DataFolderInUseAnalyzer extends AbstractFailureAnalyzer<DataFolderInUse> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, DataFolderInUse cause) {
        return new FailureAnalysis(
                "Another Postbag is running on the data folder %s; nothing was changed.".formatted(cause.folder()),
                "Stop it first, or name another folder with --postbag.data=FOLDER.",
                cause);
    }
}
