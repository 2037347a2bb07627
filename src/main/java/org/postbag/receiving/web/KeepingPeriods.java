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
    private volatile List<RetentionRule> rules;

    KeepingPeriods(RuleTable table) {
        this.table = table;
        this.rules = read();
    }

    /** For every category, members of the public first. */
    List<RetentionRule> all() {
        return rules;
    }

    /** How long what a member of the public sends is kept after their last contact. */
    int forPublicMonths() {
        return rules.getFirst().periodMonths();
    }

    @Scheduled(fixedDelayString = "PT1M", initialDelayString = "PT1M")
    void refresh() {
        try {
            rules = read();
        } catch (DataAccessException away) {
            LOG.warn("The retention rules could not be read; the public pages go on with the last known ones");
        }
    }

    private List<RetentionRule> read() {
        var current = table.current();
        return Arrays.stream(Category.values()).map(current::of).toList();
    }
}
