package org.postbag.contacts;

/** Stands in until merging is there. */
public interface Merging {

    Outcome merge(long survivor, long other, String actor, String reason);

    Outcome unmerge(long other, String actor, String reason);

    sealed interface Outcome {
        record Done() implements Outcome {}

        record Refused(String because) implements Outcome {}
    }
}
