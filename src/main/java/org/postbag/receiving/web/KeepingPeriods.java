package org.postbag.receiving.web;

import java.util.Arrays;
import java.util.List;
import org.postbag.retention.Category;
import org.postbag.retention.RetentionRule;
import org.postbag.retention.RuleTable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * How long records of each category are kept, for the public pages. Read at the start and every minute, so that the pages answer at once and with the
 * last known periods while the database is away.
 */
@Component
class KeepingPeriods {

    private static final Logger LOG = LoggerFactory.getLogger(KeepingPeriods.class);

    private final RuleTable table;
    private volatile List<Period> periods;

    /**
     * @param who whose records these are, in the words that people know them by
     * @param length in words, such as {@code 1 year}
     */
    record Period(String who, String length, String reason) {}

    KeepingPeriods(RuleTable table) {
        this.table = table;
        this.periods = read();
    }

    /** For every category, members of the public first. */
    List<Period> all() {
        return periods;
    }

    /** How long what a member of the public sends is kept after their last contact. */
    String forPublic() {
        return periods.getFirst().length();
    }

    @Scheduled(fixedDelayString = "PT1M", initialDelayString = "PT1M")
    void refresh() {
        try {
            periods = read();
        } catch (DataAccessException away) {
            LOG.warn("The retention rules could not be read; the public pages go on with the last known ones");
        }
    }

    private List<Period> read() {
        var rules = table.current();
        return Arrays.stream(Category.values())
                .map(category -> period(rules.of(category)))
                .toList();
    }

    private static Period period(RetentionRule rule) {
        return new Period(who(rule.category()), inWords(rule.periodMonths()), rule.reason());
    }

    private static String who(Category category) {
        return switch (category) {
            case PUBLIC -> "Members of the public";
            case ELECTED_REPRESENTATIVE -> "Elected representatives";
            case ELECTORAL_ADMINISTRATOR -> "Electoral administrators";
            case POLITICAL_PARTY -> "Political parties";
            case REGISTERED_CAMPAIGNER -> "Registered campaigners";
            case PRESS -> "Journalists";
            case OTHER -> "Other people and organisations";
            case NOT_AN_ENQUIRY -> "Spam and advertising";
        };
    }

    static String inWords(int months) {
        if (months % 12 != 0) {
            return months == 1 ? "1 month" : months + " months";
        }
        return months == 12 ? "1 year" : months / 12 + " years";
    }
}
