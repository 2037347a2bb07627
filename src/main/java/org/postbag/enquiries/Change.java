package org.postbag.enquiries;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postbag.enquiries.Work.Member;

/** What staff may change of the working state of an enquiry, of one or of many at once. */
public sealed interface Change {

    int TOPIC_LENGTH_MAX = 100;

    /** The status, as far as {@link WorkStatus} lets it. */
    record ToStatus(WorkStatus status) implements Change {}

    /** Answered outside of Postbag, or no answer is needed: one action. */
    record Answered(AnswerWay way) implements Change {}

    /** @param to null for nobody */
    record Assigned(@Nullable Member to) implements Change {}

    record Urgent(boolean urgent) implements Change {}

    /**
     * @param what null where it is sensitive no more
     * @param viewers who may read it; whoever changes it stays among them
     */
    record Sensitive(@Nullable Sensitivity what, List<Member> viewers) implements Change {}

    /** It is closed, and kept by the shorter rule. */
    record NotAnEnquiry(NotEnquiry what) implements Change {}

    /** @param topic null for none */
    record About(@Nullable String topic) implements Change {

        public About {
            topic = CleanText.ofNullable(topic, TOPIC_LENGTH_MAX);
        }
    }

    /** In words, without personal data. */
    default String words() {
        return switch (this) {
            case ToStatus to -> to.status().label();
            case Answered answered -> answered.way().label();
            case Assigned assigned -> assigned.to() == null ? "Assigned to nobody" : "Assigned";
            case Urgent urgent -> urgent.urgent() ? "Urgent" : "Not urgent";
            case Sensitive sensitive -> sensitive.what() == null ? "Not sensitive" : "Sensitive";
            case NotAnEnquiry not -> "Not an enquiry: " + not.what().label();
            case About about -> "Topic";
        };
    }
}
