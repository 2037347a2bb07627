package org.postbag.contacts;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Stands in until merging is there. */
@Component
class JdbcMerging implements Merging {

    private final JdbcClient jdbc;

    JdbcMerging(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Outcome merge(long survivor, long other, String actor, String reason) {
        int done = jdbc.sql("update contact set merged_into = ? where id = ? and merged_into is null and exists"
                        + " (select from contact where id = ? and merged_into is null for update)")
                .params(survivor, other, survivor)
                .update();
        return done == 1 ? new Outcome.Done() : new Outcome.Refused("It is merged already.");
    }

    @Override
    public Outcome unmerge(long other, String actor, String reason) {
        int done = jdbc.sql("update contact set merged_into = null where id = ? and merged_into is not null")
                .param(other)
                .update();
        return done == 1 ? new Outcome.Done() : new Outcome.Refused("It is not merged.");
    }
}
