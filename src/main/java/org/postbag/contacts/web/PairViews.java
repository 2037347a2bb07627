package org.postbag.contacts.web;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postbag.contacts.Contact;
import org.postbag.contacts.ContactComparing;
import org.postbag.contacts.ContactPanel;
import org.postbag.contacts.Contacts;
import org.postbag.contacts.Matches.Group;
import org.postbag.contacts.Matches.Match;
import org.postbag.contacts.matching.Comparison;
import org.postbag.contacts.web.SideBySide.Row;
import org.postbag.staff.CurrentStaff;
import org.postbag.staff.StaffTexts;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Gathers what staff see of pairs: the two side by side, why they may be one, and what they wrote. */
@Component
class PairViews {

    static final int LINES_FEW = 3;
    static final int LINES_ALL_MAX = 50;
    private static final int GROUP_LINES_MAX = 12;

    private final Contacts contacts;
    private final ContactComparing comparing;
    private final ContactPanel panel;
    private final ContactSight sight;
    private final ContactSides sides;
    private final StaffTexts texts;
    private final CurrentStaff staff;
    private final JdbcClient jdbc;

    PairViews(
            Contacts contacts,
            ContactComparing comparing,
            ContactPanel panel,
            ContactSight sight,
            ContactSides sides,
            StaffTexts texts,
            CurrentStaff staff,
            JdbcClient jdbc) {
        this.contacts = contacts;
        this.comparing = comparing;
        this.panel = panel;
        this.sight = sight;
        this.sides = sides;
        this.texts = texts;
        this.staff = staff;
        this.jdbc = jdbc;
    }

    /**
     * A pair as its page shows it.
     *
     * @param match null where it was not put before staff, who look at the two all the same
     * @param one the one of the two that is known longer
     * @param words what was found, in short sentences
     * @param likelihood null where they can't be compared
     * @param cautions what else is to be thought of, in sentences
     * @param chart of the weights, or null where they can't be compared
     * @param saidBy the name of who said something of them, or null
     */
    public record Pair(
            @Nullable Match match,
            Written one,
            Written other,
            List<String> words,
            @Nullable String likelihood,
            List<String> cautions,
            List<Row> rows,
            @Nullable WeightsChart chart,
            @Nullable String saidBy) {

        public Collection<Contact> contacts() {
            return List.of(one.contact(), other.contact());
        }
    }

    /** A contact and what it wrote, the latest first. */
    public record Written(Contact contact, long total, List<ContactPanel.Line> lines) {}

    /**
     * A pair in a list.
     *
     * @param saidBy the name of who said something of them, or null
     */
    public record Line(
            Match match,
            Contact one,
            Contact other,
            List<String> words,
            String likelihood,
            @Nullable String saidBy) {}

    /** @param lines the pairs of a group, the likeliest first */
    public record Grouped(Group group, List<Contact> contacts, List<Line> lines) {}

    /** Empty where what is known of one of the two is gone, or not for whoever looks. */
    Optional<Pair> pair(Match match, boolean allLines) {
        return pair(match, match.oneNow(), match.otherNow(), allLines);
    }

    /** Of two contacts that nobody was asked about; empty too where they are one. */
    Optional<Pair> unasked(long one, long other, boolean allLines) {
        var shown = contacts.shown(List.of(one, other));
        return shown.size() < 2
                ? Optional.empty()
                : pair(
                        null,
                        Objects.requireNonNull(shown.get(one)).id(),
                        Objects.requireNonNull(shown.get(other)).id(),
                        allLines);
    }

    /** Two contacts as they are asked for, also where one is shown as another. */
    Optional<Pair> beside(long one, long other) {
        return pair(null, one, other, false);
    }

    private Optional<Pair> pair(@Nullable Match match, long oneNow, long otherNow, boolean allLines) {
        var both = contacts.byIds(List.of(oneNow, otherNow)).values().stream()
                .filter(contact -> contact.erasedAt() == null)
                .sorted(Comparator.comparing(Contact::createdAt).thenComparing(Contact::id))
                .toList();
        if (both.size() < 2 || !sight.mayRead(List.of(oneNow, otherNow))) {
            return Optional.empty();
        }
        var one = written(both.getFirst(), allLines);
        var other = written(both.getLast(), allLines);
        var side = sides.of(one.contact(), one.total());
        var otherSide = sides.of(other.contact(), other.total());
        var comparison = comparing.compare(one.contact().id(), other.contact().id());
        var rows = SideBySide.rows(side, otherSide, comparison.orElse(null), texts);
        var odds = comparison
                .map(Comparison::logOdds)
                .or(() -> Optional.ofNullable(match).map(Match::logOdds));
        return Optional.of(new Pair(
                match,
                one,
                other,
                MatchWords.of(comparison.orElse(null), SideBySide.onlyOne(side, otherSide, texts), texts),
                odds.map(all -> MatchWords.likelihood(all, texts)).orElse(null),
                MatchWords.cautions(comparison.orElse(null), SideBySide.isTiedByClaimsAlone(rows, texts), texts),
                rows,
                comparison.map(all -> WeightsChart.of(all, texts)).orElse(null),
                match == null || match.said() == null ? null : name(match.said().actor())));
    }

    private Written written(Contact contact, boolean all) {
        return new Written(
                contact,
                panel.count(contact.id()),
                panel.timeline(contact.id(), 0, all ? LINES_ALL_MAX : LINES_FEW, staff.member()));
    }

    /** Each pair in a line; those whose contacts are gone, or not for whoever looks, are left out. */
    List<Line> lines(List<Match> matches) {
        var ids = matches.stream()
                .flatMap(match -> Stream.of(match.oneNow(), match.otherNow()))
                .distinct()
                .toList();
        var found = contacts.byIds(ids);
        found.keySet().removeAll(sight.hidden(ids));
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
                        MatchWords.of(comparison.orElse(null), List.of(), texts),
                        MatchWords.likelihood(match.logOdds(), texts),
                        match.said() == null ? null : name(match.said().actor())));
            }
        }
        return lines;
    }

    Grouped group(Group group) {
        return new Grouped(
                group,
                sight.readable(List.copyOf(contacts.byIds(group.contacts()).values())),
                lines(group.pairs().stream()
                        .sorted(Comparator.comparingDouble(Match::logOdds).reversed())
                        .limit(GROUP_LINES_MAX)
                        .toList()));
    }

    /** Of who said or did something. */
    String name(String actor) {
        return jdbc.sql("select name from staff_member where 'staff:' || username = :actor")
                .param("actor", actor)
                .query(String.class)
                .optional()
                .orElse(actor);
    }
}
