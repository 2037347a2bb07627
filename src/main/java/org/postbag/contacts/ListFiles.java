package org.postbag.contacts;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.postbag.contacts.Listings.Listed;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The rows of the files that lists come in: each is known by its profile and its name. */
final class ListFiles {

    private final JdbcClient jdbc;

    ListFiles(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What a file is known by. */
    private record File(String profile, String sourceFile) {}

    static String profileOf(Listed item) {
        return Objects.requireNonNullElse(item.receipt().profile(), "");
    }

    private static File file(Listed item) {
        return new File(
                profileOf(item), Objects.requireNonNullElse(item.receipt().sourceFile(), ""));
    }

    /** The list of each item, in the items' order. A file's day is the latest of its rows'. */
    List<Long> lists(List<Listed> items) {
        var days = new HashMap<File, LocalDate>();
        var sources = new HashMap<File, String>();
        for (var item : items) {
            days.merge(file(item), item.entry().seen(), (a, b) -> a.isAfter(b) ? a : b);
            sources.putIfAbsent(file(item), item.entry().source());
        }
        var files = days.keySet().stream()
                .sorted(java.util.Comparator.comparing(File::profile).thenComparing(File::sourceFile))
                .toList();
        for (var sql : List.of("""
                insert into register_list (profile, source, source_file, seen_on)
                select k.profile, k.source, k.file, k.day::date
                from unnest(:profiles::text[], :sources::text[], :files::text[], :days::text[]) as k(profile, source, file, day)
                where not exists (select from register_list l where l.profile = k.profile and l.source_file = k.file)
                order by k.profile collate "C", k.file collate "C"
                on conflict do nothing
                """, """
                update register_list l set seen_on = k.day::date
                from unnest(:profiles::text[], :sources::text[], :files::text[], :days::text[]) as k(profile, source, file, day)
                where l.profile = k.profile and l.source_file = k.file and l.seen_on < k.day::date
                """)) {
            of(files, sources, days, sql).update();
        }
        var ids = new HashMap<File, Long>();
        of(files, sources, days, """
                select l.id, l.profile, l.source_file
                from unnest(:profiles::text[], :sources::text[], :files::text[], :days::text[]) as k(profile, source, file, day)
                join register_list l on l.profile = k.profile and l.source_file = k.file
                """).query(row -> {
            ids.put(new File(row.getString("profile"), row.getString("source_file")), row.getLong("id"));
        });
        return items.stream()
                .map(item -> Objects.requireNonNull(ids.get(file(item))))
                .toList();
    }

    private JdbcClient.StatementSpec of(
            List<File> files, Map<File, String> sources, Map<File, LocalDate> days, String sql) {
        return jdbc.sql(sql)
                .param("profiles", files.stream().map(File::profile).toArray(String[]::new))
                .param("sources", files.stream().map(sources::get).toArray(String[]::new))
                .param("files", files.stream().map(File::sourceFile).toArray(String[]::new))
                .param(
                        "days",
                        files.stream().map(f -> String.valueOf(days.get(f))).toArray(String[]::new));
    }
}
