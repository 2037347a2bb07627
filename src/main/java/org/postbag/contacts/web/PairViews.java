package org.postbag.contacts.web;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postbag.contacts.Contact;
import org.postbag.contacts.ContactComparing;
import org.postbag.contacts.ContactPanel;
import org.postbag.contacts.Contacts;
import org.postbag.contacts.IdentifierKind;
import org.postbag.contacts.IdentifierUse;
import org.postbag.contacts.Matches.Group;
import org.postbag.contacts.Matches.Match;
import org.postbag.contacts.PublicLists;
import org.postbag.contacts.matching.Comparison;
import org.postbag.contacts.web.SideBySide.Fact;
import org.postbag.contacts.web.SideBySide.Row;
import org.postbag.contacts.web.SideBySide.Side;
import org.postbag.contacts.web.SideBySide.Value;
import org.postbag.receiving.Channel;
import org.postbag.staff.CurrentStaff;
import org.postbag.staff.UkTime;
import org.postbag.staff.Wording;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Gathers what staff see of pairs: the two side by side, why they may be one, and what they wrote. */
@Component
class PairViews {

    static final int LINES_FEW = 3;
    static final int LINES_ALL_MAX = 50;
    private static final int CLAIMS_MAX = 40;
    private static final int VALUES_MAX = 12;

    private final Contacts contacts;
    private final ContactComparing comparing;
    private final ContactPanel panel;
    private final PublicLists lists;
    private final Wording wording;
    private final CurrentStaff staff;
    private final JdbcClient jdbc;

    PairViews(
            Contacts contacts,
            ContactComparing comparing,
            ContactPanel panel,
            PublicLists lists,
            Wording wording,
            CurrentStaff staff,
            JdbcClient jdbc) {
        this.contacts = contacts;
        this.comparing = comparing;
        this.panel = panel;
        this.lists = lists;
        this.wording = wording;
        this.staff = staff;
        this.jdbc = jdbc;
    }

    /**
     * A pair as its page shows it.
     *
     * @param one the one of the two that is known longer
     * @param words what was found, in short sentences
     * @param chart of the weights, or null where they can't be compared
     * @param saidBy the name of who said something of them, or null
     */
    public record Pair(
            Match match,
            Written one,
            Written other,
            List<String> words,
            String likelihood,
            List<Row> rows,
            @Nullable WeightsChart chart,
            @Nullable String saidBy) {

        public Collection<Contact> contacts() {
            return List.of(one.contact(), other.contact());
        }
    }

    /** A contact and what it wrote, the latest first. */
    public record Written(Contact contact, long total, List<ContactPanel.Line> lines) {}

    /** A pair in a list. */
    public record Line(Match match, Contact one, Contact other, List<String> words, String likelihood) {}

    /** @param lines the pairs of a group, the likeliest first */
    public record Grouped(Group group, List<Contact> contacts, List<Line> lines) {}

    /** Empty where what is known of one of the two is gone. */
    Optional<Pair> pair(Match match, boolean allLines) {
        var found = contacts.byIds(List.of(match.oneNow(), match.otherNow()));
        var both = found.values().stream()
                .filter(contact -> contact.erasedAt() == null)
                .sorted(Comparator.comparing(Contact::createdAt).thenComparing(Contact::id))
                .toList();
        if (both.size() < 2) {
            return Optional.empty();
        }
        var one = both.getFirst();
        var other = both.getLast();
        var written = written(one, allLines);
        var otherWritten = written(other, allLines);
        var side = side(one, written.total());
        var otherSide = side(other, otherWritten.total());
        var comparison = comparing.compare(one.id(), other.id());
        return Optional.of(new Pair(
                match,
                written,
                otherWritten,
                MatchWords.of(comparison.orElse(null), SideBySide.onlyOne(side, otherSide)),
                MatchWords.likelihood(comparison.map(Comparison::logOdds).orElse(match.logOdds())),
                SideBySide.rows(side, otherSide, comparison.orElse(null)),
                comparison.map(WeightsChart::of).orElse(null),
                match.said() == null ? null : name(match.said().actor())));
    }

    private Written written(Contact contact, boolean all) {
        return new Written(
                contact,
                panel.count(contact.id()),
                panel.timeline(contact.id(), 0, all ? LINES_ALL_MAX : LINES_FEW, staff.member()));
    }

    /** Each pair in a line; those whose contacts are gone are left out. */
    List<Line> lines(List<Match> matches) {
        var ids = matches.stream()
                .flatMap(match -> Stream.of(match.oneNow(), match.otherNow()))
                .distinct()
                .toList();
        var found = contacts.byIds(ids);
        var lines = new ArrayList<Line>();
        for (var match : matches) {
            var one = found.get(match.oneNow());
            var other = found.get(match.otherNow());
            if (one != null && other != null) {
                var comparison = comparing.compare(one.id(), other.id());
                lines.add(new Line(
                        match,
                        one,
                        other,
                        MatchWords.of(comparison.orElse(null), List.of()),
                        MatchWords.likelihood(match.logOdds())));
            }
        }
        return lines;
    }

    Grouped group(Group group) {
        return new Grouped(
                group,
                List.copyOf(contacts.byIds(group.contacts()).values()),
                lines(group.pairs().stream().limit(VALUES_MAX).toList()));
    }

    /** Of who said or did something. */
    String name(String actor) {
        return jdbc.sql("select name from staff_member where 'staff:' || username = :actor")
                .param("actor", actor)
                .query(String.class)
                .optional()
                .orElse(actor);
    }

    private Side side(Contact contact, long enquiries) {
        var uses = contacts.identifiers(contact.id());
        var claims = claims(contact.id());
        return new Side(
                names(contact, claims.getOrDefault("name", List.of())),
                known(uses, IdentifierKind.EMAIL, claims.getOrDefault("email", List.of())),
                known(uses, IdentifierKind.TELEPHONE, claims.getOrDefault("telephone", List.of())),
                known(uses, IdentifierKind.HANDLE, claims.getOrDefault("handle", List.of())),
                known(uses, IdentifierKind.POSTAL, List.of()),
                distinct(Stream.concat(
                        Stream.ofNullable(contact.organisation()).map(Value::of),
                        claims.getOrDefault("organisation", List.of()).stream())),
                claims.getOrDefault("postcode", List.of()),
                claims.getOrDefault("location", List.of()),
                facts(contact, enquiries));
    }

    private List<Value> names(Contact contact, List<Value> claimed) {
        var used = Stream.concat(
                Stream.ofNullable(contact.name()).map(Value::of),
                panel.names(contact.id()).stream().map(Value::of));
        return distinct(Stream.concat(used, claimed.stream()));
    }

    /** What it uses first, then what it only claimed. */
    private static List<Value> known(List<IdentifierUse> uses, IdentifierKind kind, List<Value> claimed) {
        var known = uses.stream()
                .filter(use -> use.identifier().kind() == kind)
                .map(use -> new Value(
                        use.asWritten(), SideBySide.folded(use.identifier().value()), note(use)));
        return distinct(Stream.concat(known, claimed.stream()));
    }

    private static String note(IdentifierUse use) {
        var notes = new ArrayList<String>();
        switch (use.state()) {
            case SOLE -> {}
            case SHARED -> notes.add("shared");
            case RETIRED -> notes.add("no longer used");
        }
        if (!use.source().contains(":")) {
            notes.add("from " + use.source());
        }
        return String.join(", ", notes);
    }

    private static List<Value> distinct(Stream<Value> values) {
        var found = new LinkedHashMap<String, Value>();
        values.forEach(value -> found.putIfAbsent(value.key(), value));
        return found.values().stream().limit(VALUES_MAX).toList();
    }

    private List<Fact> facts(Contact contact, long enquiries) {
        var entries = lists.ofContact(contact.id()).stream()
                .map(PublicLists.Entry::source)
                .distinct()
                .map(Value::of)
                .toList();
        return List.of(
                fact("Kind", contact.kind().label() + (contact.sharedMailbox() ? ", shared mailbox" : "")),
                fact("Category", contact.category().label()),
                new Fact("Public lists", entries),
                fact(
                        "First came from",
                        Channel.of(contact.source()).map(Channel::label).orElse(contact.source())),
                fact("First contact", UkTime.day(contact.createdAt())),
                fact("Last contact", UkTime.day(contact.lastContactAt())),
                fact("Enquiries", wording.count(enquiries, "enquiry", "enquiries")));
    }

    private static Fact fact(String label, String text) {
        return new Fact(label, text.isEmpty() ? List.of() : List.of(Value.of(text)));
    }

    /** What its enquiries claim and staff have not dismissed, by kind. */
    private Map<String, List<Value>> claims(long contactId) {
        var found = new LinkedHashMap<String, List<Value>>();
        jdbc.sql("""
                        select c.kind, c.value, c.state = 'confirmed' as confirmed, i.value as identifier
                        from enquiry e join claim c on c.enquiry_id = e.id left join identifier i on i.id = c.identifier_id
                        where e.contact_id in (select id from contact where id = :contact or merged_into = :contact) and c.state <> 'dismissed'
                        order by e.received_at desc, c.id limit :limit
                        """).param("contact", contactId).param("limit", CLAIMS_MAX).query(row -> {
            var value = row.getString("value");
            var key = Objects.requireNonNullElse(row.getString("identifier"), value);
            found.computeIfAbsent(row.getString("kind"), kind -> new ArrayList<>())
                    .add(new Value(
                            value, SideBySide.folded(key), row.getBoolean("confirmed") ? "confirmed" : "claimed"));
        });
        found.replaceAll((kind, values) -> distinct(values.stream()));
        return found;
    }
}
