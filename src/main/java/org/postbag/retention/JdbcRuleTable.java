package org.postbag.retention;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class JdbcRuleTable implements RuleTable {

    private final JdbcClient jdbc;

    JdbcRuleTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public RetentionRules current() {
        return RetentionRules.of(jdbc.sql(
                        "select category, period_months, counts_from, legal_basis, reason, version from retention_rule")
                .query((row, n) -> new RetentionRule(
                        Category.of(row.getString("category")).orElseThrow(),
                        row.getInt("period_months"),
                        RetentionRule.CountsFrom.of(row.getString("counts_from")),
                        row.getString("legal_basis"),
                        row.getString("reason"),
                        row.getInt("version")))
                .list());
    }
}
