package org.postbag.contacts;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How uses of one locked identifier begin and end, and with that whether it is shared. */
final class UseTable {

    private static final String STATE_OF_ONE_MORE =
            "case when exists (select from identifier_use where identifier_id = :identifier and state <> 'retired') then 'shared' else 'sole' end";

    private final JdbcClient jdbc;

    UseTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Puts a use of a locked identifier in use, beside the others there are. */
    void insert(
            long identifierId, long contactId, @Nullable String nameKey, String source, String asWritten, Instant now) {
        share(identifierId);
        jdbc.sql("""
                        insert into identifier_use (identifier_id, contact_id, name_key, state, source, as_written, since)
                        values (:identifier, :contact, :key, %s, :source, :written, :now::timestamptz)
                        """.formatted(STATE_OF_ONE_MORE))
                .param("identifier", identifierId)
                .param("contact", contactId)
                .param("key", nameKey)
                .param("source", source)
                .param("written", asWritten)
                .param("now", now.toString())
                .update();
    }

    boolean useAgain(long identifierId, long contactId) {
        share(identifierId);
        return jdbc.sql("""
                        update identifier_use set state = %s, retired_by_list = false, kept_by_staff = true
                        where identifier_id = :identifier and contact_id = :contact and state = 'retired'
                        """.formatted(STATE_OF_ONE_MORE))
                        .param("identifier", identifierId)
                        .param("contact", contactId)
                        .update()
                == 1;
    }

    boolean retire(long identifierId, long contactId) {
        int retired = jdbc.sql("""
                        update identifier_use set state = 'retired', retired_by_list = false, kept_by_staff = false
                        where identifier_id = :identifier and contact_id = :contact and state <> 'retired'
                        """)
                .param("identifier", identifierId)
                .param("contact", contactId)
                .update();
        unshare(identifierId);
        return retired == 1;
    }

    void delete(long identifierId, long contactId, String source) {
        jdbc.sql(
                        "delete from identifier_use where identifier_id = :identifier and contact_id = :contact and source = :source")
                .param("identifier", identifierId)
                .param("contact", contactId)
                .param("source", source)
                .update();
        unshare(identifierId);
    }

    private void share(long identifierId) {
        jdbc.sql("update identifier_use set state = 'shared' where identifier_id = :identifier and state = 'sole'")
                .param("identifier", identifierId)
                .update();
    }

    /** A use that is left alone is sole, without counting those of a number that thousands use; and so is one that {@link #share} shared with nobody. */
    void unshare(long identifierId) {
        jdbc.sql("""
                        update identifier_use set state = 'sole' where identifier_id = :identifier and state = 'shared'
                            and (select count(*) from (
                                select from identifier_use where identifier_id = :identifier and state <> 'retired' limit 2) as few) = 1
                        """).param("identifier", identifierId).update();
    }
}
