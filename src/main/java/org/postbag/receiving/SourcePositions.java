package org.postbag.receiving;

import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How far routes came with sources that only tell where to go on. Moved once everything before it is durable. */
@Component
public class SourcePositions {

    private final JdbcClient jdbc;

    public SourcePositions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public Optional<String> of(String route) {
        return jdbc.sql("select position from source_position where route = ?")
                .param(route)
                .query((row, n) -> row.getString("position"))
                .optional();
    }

    /** @param position as the route writes it; without personal data */
    public void move(String route, String position, Instant now) {
        jdbc.sql("""
                        insert into source_position (route, position, moved_at) values (:route, :position, :now::timestamptz)
                        on conflict (route) do update set position = excluded.position, moved_at = excluded.moved_at
                        """)
                .param("route", route)
                .param("position", position)
                .param("now", now.toString())
                .update();
    }
}
