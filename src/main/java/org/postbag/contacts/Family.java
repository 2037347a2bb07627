package org.postbag.contacts;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postbag.retention.Category;
import org.postbag.retention.LastContact;
import org.postbag.retention.RetentionRule;

/**
 * What holds of all contacts together that are one: see the view {@code contact_family} and decision 8. A contact that is merged with none is a family of
 * its own. What will one day keep a person's records longer or shorter (a hold, a restriction, a rights request) is asked of the family, never of a
 * contact alone.
 *
 * @param shown the contact under which all are shown
 * @param clock as if all their items had come to one contact
 * @param clockPerThread whether each thread has its own clock, because any of them is an organisation or a shared mailbox
 * @param rules those of all their categories; the one that ends first holds
 */
public record Family(long shown, LastContact clock, boolean clockPerThread, List<RetentionRule> rules) {

    /** To be joined as {@code f} on {@code f.contact_id}. */
    public static final String COLUMNS = """
             f.shown, f.wrote_at, f.seen_at, f.known_since, f.per_thread, f.rule_categories, f.rule_periods, f.rules_count_from, f.rule_bases,
            f.rule_reasons, f.rule_versions
            """;

    /** Reads {@link #COLUMNS}. */
    public static Family of(ResultSet row) throws SQLException {
        var categories = texts(row, "rule_categories");
        var periods = numbers(row, "rule_periods");
        var counting = texts(row, "rules_count_from");
        var bases = texts(row, "rule_bases");
        var reasons = texts(row, "rule_reasons");
        var versions = numbers(row, "rule_versions");
        var rules = new ArrayList<RetentionRule>();
        for (int i = 0; i < categories.length; i++) {
            rules.add(new RetentionRule(
                    Category.of(categories[i]).orElseThrow(),
                    periods[i],
                    RetentionRule.CountsFrom.of(counting[i]),
                    bases[i],
                    reasons[i],
                    versions[i]));
        }
        return new Family(
                row.getLong("shown"),
                new LastContact(
                        moment(row, "wrote_at"),
                        moment(row, "seen_at"),
                        row.getObject("known_since", OffsetDateTime.class).toInstant()),
                row.getBoolean("per_thread"),
                List.copyOf(rules));
    }

    /** The rule by which what has this clock is kept: the family's own, or that of one of its threads. */
    public RetentionRule rule(LastContact last) {
        return RetentionRule.strictest(rules, last);
    }

    private static String[] texts(ResultSet row, String column) throws SQLException {
        return (String[]) row.getArray(column).getArray();
    }

    private static Integer[] numbers(ResultSet row, String column) throws SQLException {
        return (Integer[]) row.getArray(column).getArray();
    }

    private static @Nullable Instant moment(ResultSet row, String column) throws SQLException {
        var value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }
}
