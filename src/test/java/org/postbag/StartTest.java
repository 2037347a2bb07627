package org.postbag;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@ApplicationTest
class StartTest {

    @Autowired
    private JdbcClient jdbc;

    @Test
    void theProgramStartsAsTheApplicationsRole() {
        assertThat(jdbc.sql("select current_user").query(String.class).single()).isEqualTo("postbag_app");
        assertThat(jdbc.sql("select count(*) from retention_rule")
                        .query(Long.class)
                        .single())
                .isEqualTo(8);
    }
}
