package org.postbag.contacts;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postbag.receiving.ListFigures;
import org.postbag.retention.Category;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** All of it is worked out from the sightings when it is read, so it is right whatever was filed first. */
@Component
class JdbcPublicLists implements PublicLists, ListFigures {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int ENTRIES_SHOWN_MAX = 50;
    /** So many lists after its last are asked whether they are whole. */
    private static final int LATER_LISTS_MAX = 5;

    /** What a list says, entry by entry, beside what was last said before; and what the list before it has that it lacks. */
    private static final String LIST = """
            with here as (
                select distinct on (s.entry_id) s.entry_id, s.says, s.damaged
                from register_list l join register_sighting s on s.list_id = l.id
                where l.profile = :profile and l.seen_on = :day
                order by s.entry_id, s.seen_on desc, s.received_at desc, s.receipt_id desc),
            earlier as (
                select distinct on (s.entry_id) s.entry_id, s.says
                from here h join register_sighting s on s.entry_id = h.entry_id
                join register_list l on l.id = s.list_id and l.seen_on < :day
                order by s.entry_id, l.seen_on desc, s.seen_on desc, s.received_at desc, s.receipt_id desc),
            last as (
                select distinct on (s.entry_id) s.entry_id, s.says, l.seen_on
                from register_list l join register_sighting s on s.list_id = l.id
                where l.profile = :profile
                    and l.seen_on = (select max(b.seen_on) from register_list b where b.profile = :profile and b.seen_on < :day)
                order by s.entry_id, s.seen_on desc, s.received_at desc, s.receipt_id desc),
            change as (
                select h.entry_id, h.says as after, e.says as before, h.damaged,
                    case when e.says is null then 'NEW' when e.says = h.says then 'UNCHANGED' else 'CHANGED' end as what
                from here h left join earlier e on e.entry_id = h.entry_id
                union all
                select l.entry_id, null, l.says, '{}', 'GONE' from last l where not exists (select from here h where h.entry_id = l.entry_id))
            """;

    private final JdbcClient jdbc;

    JdbcPublicLists(JdbcClient jdbc) {
        this.jdbc = jdbc;
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
                        figures(profile, day)))
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
        return new Report(
                latest.orElse(null),
                latest.map(list -> forReview(profile, list.figures().day())).orElse(0L),
                waiting());
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
        return jdbc.sql("select seen_on from register_list where profile = :profile and source_file = :file")
                .param("profile", profile)
                .param("file", sourceFile)
                .query(LocalDate.class)
                .optional()
                .map(day -> figures(profile, day));
    }

    private Figures figures(String profile, LocalDate day) {
        return jdbc.sql(LIST + """
                        select count(*) filter (where what = 'NEW') as fresh, count(*) filter (where what = 'CHANGED') as changed,
                            count(*) filter (where what = 'UNCHANGED') as unchanged, count(*) filter (where what = 'GONE') as gone,
                            (select count(*) from last) as expected, (select max(seen_on) from last) as before
                        from change
                        """)
                .param("profile", profile)
                .param("day", day)
                .query((row, n) -> new Figures(
                        day,
                        row.getObject("before", LocalDate.class),
                        row.getInt("fresh"),
                        row.getInt("changed"),
                        row.getInt("unchanged"),
                        row.getInt("gone"),
                        row.getInt("expected")))
                .single();
    }

    @Override
    public List<Change> changes(String profile, LocalDate day, int offset, int limit) {
        return jdbc.sql(LIST + """
                        select c.what, c.before, c.after, c.damaged, coalesce(o.merged_into, o.id) as contact_id, coalesce(c.after, c.before) ->> 'name' as name
                        from change c join register_entry e on e.id = c.entry_id join contact o on o.id = e.contact_id
                        where c.what <> 'UNCHANGED'
                        order by case c.what when 'CHANGED' then 0 when 'NEW' then 1 else 2 end, name, c.entry_id
                        offset :offset limit :limit
                        """)
                .param("profile", profile)
                .param("day", day)
                .param("offset", offset)
                .param("limit", limit)
                .query((row, n) -> change(row))
                .list();
    }

    private static Change change(ResultSet row) throws SQLException {
        var before = says(row.getString("before"));
        var after = says(row.getString("after"));
        var what = What.valueOf(row.getString("what"));
        var fields = new ArrayList<FieldChange>();
        for (var field : ListedField.values()) {
            var was = before.get(field);
            var is = after.get(field);
            if (what != What.GONE
                    && field != (what == What.NEW ? ListedField.NAME : null)
                    && !Objects.equals(was, is)) {
                fields.add(new FieldChange(field, was, is));
            }
        }
        return new Change(
                row.getLong("contact_id"), what, row.getString("name"), fields, texts(row.getArray("damaged")));
    }

    private static List<String> texts(Array array) throws SQLException {
        return List.of((String[]) array.getArray());
    }

    /** What stands in a list, in words. */
    private static Map<ListedField, String> says(@Nullable String json) {
        var says = new EnumMap<ListedField, String>(ListedField.class);
        if (json != null) {
            JsonNode node = JSON.readTree(json);
            for (var field : ListedField.values()) {
                if (node.path(field.code()).isString()) {
                    says.put(field, words(field, node.path(field.code()).stringValue()));
                }
            }
        }
        return says;
    }

    private static String words(ListedField field, String value) {
        return switch (field) {
            case CATEGORY -> Category.of(value).map(Category::label).orElse(value);
            case KIND -> Contact.Kind.of(value).label();
            default -> value;
        };
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
                            says(row.getString("says")),
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
                .filter(day -> !figures(profile, day).isPartial())
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
