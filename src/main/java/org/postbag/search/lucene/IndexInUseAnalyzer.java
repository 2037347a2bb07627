package org.postbag.search.lucene;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says at the start what is wrong, instead of a stack trace. */
class IndexInUseAnalyzer extends AbstractFailureAnalyzer<IndexInUse> {

    @Override
    protected FailureAnalysis analyze(Throwable root, IndexInUse cause) {
        return new FailureAnalysis(
                cause.getMessage() + ".",
                "Stop the other one, or give this one a folder of its own by --postbag.data=FOLDER. The Lucene index is for one node only.",
                cause);
    }
}
