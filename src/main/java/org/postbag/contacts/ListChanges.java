package org.postbag.contacts;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.postbag.contacts.PublicLists.Change;
import org.postbag.contacts.PublicLists.FieldChange;
import org.postbag.contacts.PublicLists.What;
import org.postbag.normalising.Telephone;
import org.postbag.receiving.ListFigures.Figures;
import org.postbag.retention.Category;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a list changed against those before it, worked out from the sightings. */
final class ListChanges {

    private static final JsonMapper JSON = JsonMapper.builder().build();

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

    /** Whether the contact of an entry was known before the entry was. */
    private static final String TIED = """
            exists (select from contact k where k.id = e.contact_id
                and k.created_at < (select min(f.received_at) from register_sighting f where f.entry_id = e.id))
            """;

    private static final String FOR_REVIEW = """
            (exists (select from contact_match m where m.one = e.contact_id and m.verdict is null)
                or exists (select from contact_match m where m.other = e.contact_id and m.verdict is null))
            """;

    private final JdbcClient jdbc;

    ListChanges(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Figures figures(String profile, LocalDate day) {
        return jdbc.sql(LIST + """
                        select count(*) filter (where what = 'NEW') as fresh, count(*) filter (where what = 'CHANGED') as changed,
                            count(*) filter (where what = 'UNCHANGED') as unchanged, count(*) filter (where what = 'GONE') as gone,
                            (select count(*) from change n join register_entry e on e.id = n.entry_id where n.what = 'NEW' and %s) as tied,
                            (select count(*) from last) as expected, (select max(seen_on) from last) as before
                        from change
                        """.formatted(TIED))
                .param("profile", profile)
                .param("day", day)
                .query((row, n) -> new Figures(
                        day,
                        row.getObject("before", LocalDate.class),
                        row.getInt("fresh"),
                        row.getInt("changed"),
                        row.getInt("unchanged"),
                        row.getInt("gone"),
                        row.getInt("tied"),
                        row.getInt("expected")))
                .single();
    }

    /** Page by page. */
    List<Change> of(String profile, LocalDate day, int offset, int limit) {
        return jdbc.sql(LIST + """
                        select c.what, c.before, c.after, c.damaged, c.what = 'NEW' and %s as tied, c.what = 'NEW' and %s as for_review, coalesce(o.merged_into, o.id) as contact_id, coalesce(c.after, c.before) ->> 'name' as name
                        from change c join register_entry e on e.id = c.entry_id join contact o on o.id = e.contact_id
                        where c.what <> 'UNCHANGED'
                        order by case c.what when 'CHANGED' then 0 when 'NEW' then 1 else 2 end, name, c.entry_id
                        offset :offset limit :limit
                        """.formatted(TIED, FOR_REVIEW))
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
                row.getLong("contact_id"),
                what,
                row.getString("name"),
                fields,
                texts(row.getArray("damaged")),
                row.getBoolean("tied"),
                row.getBoolean("for_review"));
    }

    private static List<String> texts(Array array) throws SQLException {
        return List.of((String[]) array.getArray());
    }

    /** What stands in a list, in words. */
    static Map<ListedField, String> says(@Nullable String json) {
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
            case TELEPHONE -> Telephone.parse(value).map(Telephone::shown).orElse(value);
            default -> value;
        };
    }
}
