package org.postbag.work;

import org.springframework.jdbc.core.simple.JdbcClient;

/** Index work for tests that start no program. */
public final class IndexWorks {

    private IndexWorks() {}

    public static IndexWork in(JdbcClient jdbc) {
        return new JdbcIndexWork(jdbc);
    }
}
