package org.postbag.contacts;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postbag.receiving.ListFigures;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All of it is worked out from the sightings when it is read, so it is right whatever was filed first. */
@Component
class JdbcPublicLists implements PublicLists, ListFigures {

    private static final int ENTRIES_SHOWN_MAX = 50;
    private static final int REFUSED_NAMED_MAX = 20;
    /** So many lists after its last are asked whether they are whole. */
    private static final int LATER_LISTS_MAX = 5;

    private final JdbcClient jdbc;
    private final ListChanges changes;

    JdbcPublicLists(JdbcClient jdbc) {
        this.jdbc = jdbc;
        this.changes = new ListChanges(jdbc);
    }

    @Override
    public List<Taken> taken(int offset, int limit) {
        record Day(String profile, LocalDate day) {}
        return jdbc
                .sql("""
                        select profile, seen_on from register_list l
                        where exists (select from register_sighting s where s.list_id = l.id)
                        group by profile, seen_on order by seen_on desc, profile offset :offset limit :limit
                        """)
                .param("offset", offset)
                .param("limit", limit)
                .query((row, n) -> new Day(row.getString("profile"), row.getObject("seen_on", LocalDate.class)))
                .list()
                .stream()
                .flatMap(one -> list(one.profile(), one.day()).stream())
                .toList();
    }

    @Override
    public Optional<Taken> list(String profile, LocalDate day) {
        return jdbc.sql("""
                        select max(l.source) as source, min(s.received_at) as taken_at
                        from register_list l join register_sighting s on s.list_id = l.id
                        where l.profile = :profile and l.seen_on = :day having count(*) > 0
                        """)
                .param("profile", profile)
                .param("day", day)
                .query((row, n) -> new Taken(
                        profile,
                        row.getString("source"),
                        row.getObject("taken_at", OffsetDateTime.class).toInstant(),
                        changes.figures(profile, day)))
                .optional();
    }

    @Override
    public Report latest(String profile) {
        var latest = jdbc.sql(
                        "select max(seen_on) from register_list where profile = :profile having max(seen_on) is not null")
                .param("profile", profile)
                .query(LocalDate.class)
                .optional()
                .flatMap(day -> list(profile, day));
        return report(profile, latest, 0);
    }

    @Override
    public Report ofFile(String profile, String sourceFile) {
        long rows = jdbc.sql("""
                        select count(*) from receipt where source_file = :file and profile = :profile and state <> 'waiting'
                        """)
                .param("file", sourceFile)
                .param("profile", profile)
                .query(Long.class)
                .single();
        var list = day(profile, sourceFile).flatMap(day -> list(profile, day));
        return list.isPresent()
                ? report(profile, list, rows)
                : report(profile, Optional.ofNullable(latest(profile).list()), rows);
    }

    private Report report(String profile, Optional<Taken> list, long rows) {
        return new Report(
                list.orElse(null),
                rows,
                list.map(one -> forReview(profile, one.figures().day())).orElse(0L),
                list.map(one -> refused(profile, one.figures().day())).orElse(Refused.NONE),
                waiting());
    }

    private Optional<LocalDate> day(String profile, String sourceFile) {
        return jdbc.sql("select seen_on from register_list where profile = :profile and source_file = :file")
                .param("profile", profile)
                .param("file", sourceFile)
                .query(LocalDate.class)
                .optional();
    }

    @Override
    public Refused refused(String profile, LocalDate day) {
        var rows = jdbc.sql("""
                        select r.source_row, q.reason, count(*) over () as total
                        from register_list l join receipt r on r.source_file = l.source_file and r.profile = l.profile
                        join quarantine q on q.receipt_id = r.id
                        where l.profile = :profile and l.seen_on = :day and r.state in ('quarantined', 'discarded')
                        order by l.id, r.source_row limit :limit
                        """)
                .param("profile", profile)
                .param("day", day)
                .param("limit", REFUSED_NAMED_MAX)
                .query((row, n) -> Map.entry(
                        row.getInt("total"), new RefusedRow(row.getInt("source_row"), row.getString("reason"))))
                .list();
        return rows.isEmpty()
                ? Refused.NONE
                : new Refused(
                        rows.getFirst().getKey(),
                        rows.stream().map(Map.Entry::getValue).toList());
    }

    private long waiting() {
        return jdbc.sql("""
                        select (select count(*) from receipt where state = 'waiting' and channel = 'public-register')
                            + (select count(*) from match_work)
                        """).query(Long.class).single();
    }

    @Override
    public long forReview(String profile, LocalDate day) {
        return jdbc.sql("""
                        with listed as (
                            select distinct e.contact_id
                            from register_list l join register_sighting s on s.list_id = l.id join register_entry e on e.id = s.entry_id
                            where l.profile = :profile and l.seen_on = :day)
                        select count(*) from (
                            select m.one, m.other from listed c join contact_match m on m.one = c.contact_id where m.verdict is null
                            union
                            select m.one, m.other from listed c join contact_match m on m.other = c.contact_id where m.verdict is null) pairs
                        """)
                .param("profile", profile)
                .param("day", day)
                .query(Long.class)
                .single();
    }

    @Override
    public Optional<Figures> of(String profile, String sourceFile) {
        return day(profile, sourceFile).map(day -> changes.figures(profile, day));
    }

    @Override
    public List<Change> changes(String profile, LocalDate day, int offset, int limit) {
        return changes.of(profile, day, offset, limit);
    }

    @Override
    public List<Entry> ofContact(long contactId) {
        return jdbc.sql("""
                        select e.profile, l.source, s.seen_on, s.says,
                            (select max(o.seen_on) from register_sighting a join register_list o on o.id = a.list_id where a.entry_id = e.id) as list_day
                        from register_entry e
                        join register_sighting s on s.receipt_id = e.latest
                        join register_list l on l.id = s.list_id
                        where e.contact_id in (select id from family_of(:contact))
                        order by s.seen_on desc, e.id limit :limit
                        """)
                .param("contact", contactId)
                .param("limit", ENTRIES_SHOWN_MAX)
                .query((row, n) -> {
                    var gone = gone(row.getString("profile"), row.getObject("list_day", LocalDate.class));
                    return new Entry(
                            row.getString("profile"),
                            row.getString("source"),
                            row.getObject("seen_on", LocalDate.class),
                            ListChanges.says(row.getString("says")),
                            gone.day(),
                            gone.forSure());
                })
                .list();
    }

    private record Gone(@Nullable LocalDate day, boolean forSure) {}

    /** The first list after a day that is probably whole; else the first, which may not be. */
    private Gone gone(String profile, LocalDate lastDay) {
        var later = jdbc.sql("""
                        select distinct seen_on from register_list where profile = :profile and seen_on > :day order by seen_on limit :limit
                        """)
                .param("profile", profile)
                .param("day", lastDay)
                .param("limit", LATER_LISTS_MAX)
                .query(LocalDate.class)
                .list();
        return later.stream()
                .filter(day -> !changes.figures(profile, day).isPartial())
                .findFirst()
                .map(day -> new Gone(day, true))
                .orElseGet(() -> new Gone(later.isEmpty() ? null : later.getFirst(), false));
    }

    /** @param goneOn the day on which its entry was seen without it, or null */
    private record Address(
            long identifierId,
            String profile,
            String source,
            LocalDate seen,
            LocalDate listDay,
            @Nullable LocalDate goneOn) {}

    @Override
    public Map<Long, Given> addressesOf(long contactId) {
        var found = new ArrayList<Address>();
        jdbc.sql("""
                        select distinct on (a.identifier_id) a.identifier_id, e.profile, l.source, s.seen_on, l.seen_on as list_day, (
                            select min(o.seen_on) from register_sighting o
                            where o.entry_id = e.id and (o.seen_on, o.received_at, o.receipt_id) > (s.seen_on, s.received_at, s.receipt_id)) as gone_on
                        from register_entry e
                        join register_sighting s on s.entry_id = e.id
                        join register_address a on a.receipt_id = s.receipt_id
                        join register_list l on l.id = s.list_id
                        where e.contact_id in (select id from family_of(:contact))
                        order by a.identifier_id, e.latest = s.receipt_id desc, s.seen_on desc, s.received_at desc, s.receipt_id desc
                        """).param("contact", contactId).query(row -> {
            found.add(new Address(
                    row.getLong("identifier_id"),
                    row.getString("profile"),
                    row.getString("source"),
                    row.getObject("seen_on", LocalDate.class),
                    row.getObject("list_day", LocalDate.class),
                    row.getObject("gone_on", LocalDate.class)));
        });
        var all = new HashMap<Long, Given>();
        var gone = new HashMap<String, Gone>();
        for (var one : found) {
            var goneOn = one.goneOn();
            if (goneOn == null) {
                var entry = gone.computeIfAbsent(
                        one.profile() + " " + one.listDay(), _ -> gone(one.profile(), one.listDay()));
                goneOn = entry.forSure() ? entry.day() : null;
            }
            all.put(one.identifierId(), new Given(one.source(), one.seen(), goneOn));
        }
        return all;
    }
}
