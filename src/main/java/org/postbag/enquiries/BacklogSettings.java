package org.postbag.enquiries;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What becomes of items that {@code import} takes in.
 *
 * @param toDoDays what reached the body before so many days is closed when it is filed; 0 closes all of a backlog, and -1 nothing
 */
@ConfigurationProperties("postbag.backlog")
record BacklogSettings(@DefaultValue("30") int toDoDays) {

    private static final int DAYS_MAX = 36_500;

    BacklogSettings {
        if (toDoDays < -1 || toDoDays > DAYS_MAX) {
            throw new IllegalArgumentException("postbag.backlog.to-do-days: from -1 to " + DAYS_MAX);
        }
    }
}
