package org.postbag.enquiries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postbag.enquiries.WorkChanging.apply;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postbag.TestServers;
import org.postbag.enquiries.WorkChanging.Applied;

/** The table of transitions, the words of the database, and that each change keeps to both. */
class WorkStatusTest {

    private static final Instant NOW = Instant.parse("2026-03-03T16:05:00Z");

    private static Work at(WorkStatus status) {
        return new Work(1, status, null, null, null, null, null, List.of(), null, null, null, 0);
    }

    private static Applied change(Work work, Change change) {
        return apply(work, true, change, "staff:ada", null, NOW);
    }

    @ParameterizedTest
    @EnumSource
    void aChangeGoesWhereTheTableLetsItAndNowhereElse(WorkStatus from) {
        for (var to : WorkStatus.values()) {
            var applied = change(at(from), new Change.ToStatus(to));
            if (from == to) {
                assertThat(applied).isEqualTo(new Applied.Same());
            } else if (from.next().contains(to)) {
                assertThat(applied).isEqualTo(new Applied.Changed(at(from).with(to, null, NOW)));
            } else {
                assertThat(applied).isInstanceOf(Applied.Refused.class);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsADeadEndAndNothingBecomesNewAgain(WorkStatus status) {
        assertThat(status.next()).isNotEmpty().doesNotContain(status, WorkStatus.NEW);
        assertThat(status == WorkStatus.IN_HAND || status.mayBecome(WorkStatus.IN_HAND))
                .isTrue();
    }

    @Test
    void whatIsReopenedIsAnEnquiryAgain() {
        var spam = (Applied.Changed) change(at(WorkStatus.NEW), new Change.NotAnEnquiry(NotEnquiry.SPAM));
        assertThat(spam.to().status()).isEqualTo(WorkStatus.CLOSED);
        assertThat(spam.to().notEnquiry()).isNotNull();

        var reopened = (Applied.Changed) change(spam.to(), new Change.ToStatus(WorkStatus.IN_HAND));

        assertThat(reopened.to().notEnquiry()).isNull();
    }

    @Test
    void whatWeSentHasNothingToDo() {
        assertThat(apply(at(WorkStatus.NEW), false, new Change.ToStatus(WorkStatus.CLOSED), "staff:ada", null, NOW))
                .isInstanceOf(Applied.Refused.class);
    }

    @Test
    void theDatabaseKnowsTheSameWords() {
        var checks = String.join(
                " ",
                org.springframework.jdbc.core.simple.JdbcClient.create(
                                TestServers.database().owner())
                        .sql(
                                "select pg_get_constraintdef(oid) from pg_constraint where conrelid = 'enquiry_work'::regclass and contype = 'c'")
                        .query((row, n) -> row.getString(1))
                        .list());

        assertThat(Arrays.stream(WorkStatus.values()).map(WorkStatus::code))
                .allSatisfy(word -> assertThat(checks).contains("'" + word + "'"));
        assertThat(Arrays.stream(AnswerWay.values()).map(AnswerWay::code))
                .allSatisfy(word -> assertThat(checks).contains("'" + word + "'"));
        assertThat(Arrays.stream(Sensitivity.values()).map(Sensitivity::code))
                .allSatisfy(word -> assertThat(checks).contains("'" + word + "'"));
        assertThat(Arrays.stream(NotEnquiry.values()).map(NotEnquiry::code))
                .allSatisfy(word -> assertThat(checks).contains("'" + word + "'"));
    }
}
