package org.postbag.enquiries;

import java.util.Arrays;
import java.util.Optional;

/** How an enquiry was answered, and the status that follows. */
public enum AnswerWay {
    /** A message of ours on its thread. */
    MESSAGE("message", "Answered by a message of ours", WorkStatus.ANSWERED),
    TELEPHONE("telephone", "Answered by telephone", WorkStatus.ANSWERED),
    LETTER("letter", "Answered by letter", WorkStatus.ANSWERED),
    /** There and then, when it was recorded by hand. */
    AT_ONCE("at-once", "Answered at once", WorkStatus.ANSWERED),
    NONE_NEEDED("none-needed", "No answer needed", WorkStatus.CLOSED);

    private final String code;
    private final String label;
    private final WorkStatus status;

    AnswerWay(String code, String label, WorkStatus status) {
        this.code = code;
        this.label = label;
        this.status = status;
    }

    public String code() {
        return code;
    }

    public String label() {
        return label;
    }

    public WorkStatus status() {
        return status;
    }

    public static Optional<AnswerWay> of(String code) {
        return Arrays.stream(values()).filter(w -> w.code.equals(code)).findFirst();
    }
}
