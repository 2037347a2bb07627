package org.postbag.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.postbag.retention.RetentionRule.CountsFrom.LAST_CONTACT;
import static org.postbag.retention.RetentionRule.CountsFrom.LAST_SEEN;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postbag.TestServers;
import org.springframework.jdbc.core.simple.JdbcClient;

class RetentionRuleTest {

    private static RetentionRule rule(int months, RetentionRule.CountsFrom from) {
        return new RetentionRule(Category.PUBLIC, months, from, "Public task", "Reason", 1);
    }

    private static LastContact wrote(String moment) {
        return new LastContact(Instant.parse(moment), null, Instant.parse("2020-01-01T00:00:00Z"));
    }

    private static @Nullable Instant moment(@Nullable String text) {
        return text == null ? null : Instant.parse(text);
    }

    @ParameterizedTest
    @CsvSource({
        "12, 2026-03-01T09:00:00Z, 2027-03-01",
        // Leap years: from 29 February to 28 February, and to 29 February where there is one.
        "12, 2028-02-29T12:00:00Z, 2029-02-28",
        "48, 2028-02-29T12:00:00Z, 2032-02-29",
        "12, 2027-02-28T12:00:00Z, 2028-02-28",
        // Ends of months.
        "1, 2026-01-31T12:00:00Z, 2026-02-28",
        "1, 2028-01-31T12:00:00Z, 2028-02-29",
        "6, 2026-08-31T12:00:00Z, 2027-02-28",
        "84, 2026-12-31T12:00:00Z, 2033-12-31",
        // Days are the UK's: an hour before midnight UTC it is tomorrow there in summer, and the same day in winter.
        "12, 2026-06-30T23:30:00Z, 2027-07-01",
        "12, 2026-12-31T23:30:00Z, 2027-12-31",
        "12, 2026-03-29T00:59:59Z, 2027-03-29",
        "12, 2026-10-24T23:00:00Z, 2027-10-25",
        "12, 2026-10-25T23:30:00Z, 2027-10-25"
    })
    void aPeriodEndsOnTheCorrespondingDay(int months, String wrote, LocalDate keptUntil) {
        assertThat(rule(months, LAST_CONTACT).keptUntil(wrote(wrote))).isEqualTo(keptUntil);
    }

    @Test
    void aRecordIsKeptOnItsLastDayAndDueOnTheNext() {
        var rule = rule(12, LAST_CONTACT);

        assertThat(rule.isDue(wrote("2026-03-01T09:00:00Z"), LocalDate.parse("2027-03-01")))
                .isFalse();
        assertThat(rule.isDue(wrote("2026-03-01T09:00:00Z"), LocalDate.parse("2027-03-02")))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        // Counting from, wrote, seen, known since, counted from.
        "LAST_CONTACT, 2026-05-01T00:00:00Z, 2027-01-01T00:00:00Z, 2025-01-01T00:00:00Z, 2026-05-01T00:00:00Z",
        "LAST_CONTACT, , , 2025-01-01T00:00:00Z, 2025-01-01T00:00:00Z",
        "LAST_CONTACT, , 2026-01-01T00:00:00Z, 2025-01-01T00:00:00Z, 2026-01-01T00:00:00Z",
        "LAST_SEEN, 2026-05-01T00:00:00Z, 2027-01-01T00:00:00Z, 2025-01-01T00:00:00Z, 2027-01-01T00:00:00Z",
        "LAST_SEEN, 2026-05-01T00:00:00Z, 2026-01-01T00:00:00Z, 2025-01-01T00:00:00Z, 2026-05-01T00:00:00Z",
        "LAST_SEEN, 2026-05-01T00:00:00Z, , 2025-01-01T00:00:00Z, 2026-05-01T00:00:00Z",
        "LAST_SEEN, , , 2025-01-01T00:00:00Z, 2025-01-01T00:00:00Z",
        "LAST_SEEN, , 2026-01-01T00:00:00Z, 2025-01-01T00:00:00Z, 2026-01-01T00:00:00Z"
    })
    void whoNeverWroteIsCountedFromWhenTheyWereKnownOrSeen(
            RetentionRule.CountsFrom from,
            @Nullable String wrote,
            @Nullable String seen,
            String since,
            String countedFrom) {
        var last = new LastContact(moment(wrote), moment(seen), Instant.parse(since));

        assertThat(rule(12, from).countedFrom(last)).isEqualTo(countedFrom);
    }

    /** The database asks by {@link RetentionRule#dueBefore}, a page by {@link RetentionRule#isDue}: they agree on every day of five years. */
    @Test
    void whatIsDueIsDueBothWaysRound() {
        for (int months : new int[] {1, 6, 12, 13, 36, 84}) {
            var rule = rule(months, LAST_CONTACT);
            var first = LocalDate.parse("2027-01-01");
            for (int day = 0; day < 5 * 366; day++) {
                var today = first.plusDays(day);
                var before = rule.dueBefore(today);
                assertThat(rule.isDue(new LastContact(before.minusMillis(1), null, before), today))
                        .as("%s months, %s: the last that is due", months, today)
                        .isTrue();
                assertThat(rule.isDue(new LastContact(before, null, before), today))
                        .as("%s months, %s: the first that is not", months, today)
                        .isFalse();
            }
        }
    }

    @Test
    void aPeriodHasLimits() {
        assertThatThrownBy(() -> rule(0, LAST_CONTACT)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> rule(1201, LAST_SEEN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RetentionRules.of(List.of(rule(12, LAST_CONTACT))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("No retention rule for");
    }

    @Test
    void everyCategoryHasARuleWithItsReason() {
        var rules = new JdbcRuleTable(JdbcClient.create(TestServers.database().application())).current();

        assertThat(Category.values()).allSatisfy(category -> {
            var rule = rules.of(category);
            assertThat(rule.legalBasis()).contains("Political Parties, Elections and Referendums Act 2000");
            assertThat(rule.reason()).isNotBlank();
            if (rule.periodMonths() > 12) {
                assertThat(rule.reason()).startsWith("Regulatory reason: ");
            }
        });
        assertThat(Category.values())
                .filteredOn(category -> rules.of(category).periodMonths() > 12)
                .containsExactlyInAnyOrder(Category.POLITICAL_PARTY, Category.ELECTORAL_ADMINISTRATOR);
        assertThat(rules.ofNoEnquiry().periodMonths()).isEqualTo(1);
        assertThat(rules.ofUnfiled().category()).isEqualTo(Category.PUBLIC);
    }
}
