package org.postbag.enquiries;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What staff do with an enquiry, and what they said of it.
 *
 * @param statusAt when the status was last set; null for never
 * @param answer how it was answered, or null
 * @param assigned whose it is, or null for nobody's
 * @param urgent who said that it is urgent and when, or null
 * @param sensitive null where whoever may read enquiries may read it
 * @param viewers who may read it where it is sensitive, beside data protection officers; by name
 * @param notEnquiry what it is where it is no enquiry, or null
 * @param openedAt when it was first opened; null for never
 * @param version goes up with each change; opening it is none
 */
public record Work(
        long enquiryId,
        WorkStatus status,
        @Nullable Instant statusAt,
        @Nullable AnswerWay answer,
        @Nullable Member assigned,
        @Nullable Urgent urgent,
        @Nullable Sensitivity sensitive,
        List<Member> viewers,
        @Nullable NotAnEnquiry notEnquiry,
        @Nullable String topic,
        @Nullable Instant openedAt,
        int version) {

    public Work {
        viewers = viewers.stream().sorted(Comparator.comparing(Member::name)).toList();
    }

    /** A member of staff whose enquiry it may be. */
    public record Member(long id, String name) {}

    /** @param by {@code staff:<username>} */
    public record Urgent(String by, Instant at) {}

    /** @param at from when its period counts */
    public record NotAnEnquiry(NotEnquiry what, Instant at) {}

    Work with(WorkStatus to, @Nullable AnswerWay way, Instant at) {
        return new Work(
                enquiryId, to, at, way, assigned, urgent, sensitive, viewers, notEnquiry, topic, openedAt, version);
    }

    Work assignedTo(@Nullable Member to) {
        return new Work(
                enquiryId,
                status,
                statusAt,
                answer,
                to,
                urgent,
                sensitive,
                viewers,
                notEnquiry,
                topic,
                openedAt,
                version);
    }

    Work urgent(@Nullable Urgent to) {
        return new Work(
                enquiryId,
                status,
                statusAt,
                answer,
                assigned,
                to,
                sensitive,
                viewers,
                notEnquiry,
                topic,
                openedAt,
                version);
    }

    Work sensitive(@Nullable Sensitivity to, List<Member> seenBy) {
        return new Work(
                enquiryId,
                status,
                statusAt,
                answer,
                assigned,
                urgent,
                to,
                seenBy,
                notEnquiry,
                topic,
                openedAt,
                version);
    }

    Work notAnEnquiry(@Nullable NotAnEnquiry to) {
        return new Work(
                enquiryId, status, statusAt, answer, assigned, urgent, sensitive, viewers, to, topic, openedAt,
                version);
    }

    Work about(@Nullable String to) {
        return new Work(
                enquiryId,
                status,
                statusAt,
                answer,
                assigned,
                urgent,
                sensitive,
                viewers,
                notEnquiry,
                to,
                openedAt,
                version);
    }

    /** Its status in words, with how it was answered. */
    public String statusWords() {
        if (notEnquiry != null) {
            return status.label() + ": " + notEnquiry.what().label().toLowerCase(java.util.Locale.ROOT);
        }
        return answer == null ? status.label() : answer.label();
    }

    String viewerNames() {
        return viewers.stream().map(Member::name).collect(Collectors.joining(", "));
    }
}
