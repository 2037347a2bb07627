package org.postbag.enquiries;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.postbag.receiving.Channel;
import org.postbag.retention.Category;
import org.postbag.retention.RetentionRule;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Honours that people take back what they sent: what they said is erased as retention erases, and a mark stays, so that it makes no difference which of
 * the two is filed first, or whether both are at once. That it happened stays on the thread and in the trail. In the caller's transaction.
 */
@Component
class Withdrawals {

    /** Where senders can take back what they sent. */
    private static final Set<Channel> CHANNELS = EnumSet.of(Channel.FACEBOOK, Channel.X);

    private final JdbcClient jdbc;
    private final EnquiryErasing erasing;

    Withdrawals(JdbcClient jdbc, EnquiryErasing erasing) {
        this.jdbc = jdbc;
        this.erasing = erasing;
    }

    /** The items, each that was taken back as {@link Item.Withdrawn}. Until the transaction ends nobody else files an item of these series. */
    List<Item> withoutThoseTakenBack(List<Item> items) {
        var series = new TreeSet<String>();
        items.forEach(item -> {
            var one = item.receipt().series();
            if (one != null && CHANNELS.contains(item.receipt().channel())) {
                series.add(one);
            }
        });
        if (series.isEmpty()) {
            return items;
        }
        var takenBack = lock(series);
        items.stream().filter(Withdrawals::withdraws).forEach(item -> takenBack.add(seriesOf(item)));
        return items.stream()
                .map(item -> !withdraws(item)
                                && item.receipt().series() != null
                                && takenBack.contains(item.receipt().series())
                        ? new Item.Withdrawn(item.receipt())
                        : item)
                .toList();
    }

    /** @return those of the series that were taken back */
    private Set<String> lock(Set<String> series) {
        var all = series.toArray(String[]::new);
        jdbc.sql("""
                        select pg_advisory_xact_lock(hashtextextended(one, 0))
                        from (select one from unnest(:series::text[]) as one order by one) sorted
                        """).param("series", all).query((row, n) -> n).list();
        return new HashSet<>(jdbc.sql("select series from withdrawn where series = any(:series::text[])")
                .param("series", all)
                .query((row, n) -> row.getString("series"))
                .list());
    }

    /** Removes what was taken back before it was filed. */
    void erase(List<Item.Withdrawn> items) {
        if (!items.isEmpty()) {
            erasing.eraseUnfiled(
                    items.stream().map(item -> item.receipt().id().hex()).toList(), Filer.ACTOR);
        }
    }

    /** Marks what these items take back, if they do, and erases what is filed of it. */
    void honour(List<Item.Readable> items, Instant now) {
        var withdrawing = items.stream().filter(Withdrawals::withdraws).toList();
        if (withdrawing.isEmpty()) {
            return;
        }
        var series = withdrawing.stream().map(Withdrawals::seriesOf).toArray(String[]::new);
        jdbc.sql("""
                        insert into withdrawn (series, receipt_id, at)
                        select series, receipt_id, :now::timestamptz from unnest(:series::text[], :ids::text[]) as k(series, receipt_id)
                        order by series on conflict (series) do nothing
                        """)
                .param("now", now.toString())
                .param("series", series)
                .param(
                        "ids",
                        withdrawing.stream()
                                .map(item -> item.receipt().id().hex())
                                .toArray(String[]::new))
                .update();
        eraseFiled(series, now);
        eraseUnfiled(series);
    }

    private record Filed(long id, Category category) {}

    private void eraseFiled(String[] series, Instant now) {
        var byCategory = jdbc
                .sql("""
                        select e.id, c.category from enquiry e join contact c on c.id = e.contact_id
                        where e.series = any(:series::text[]) and not exists (
                            select from withdrawn w where w.series = e.series and w.receipt_id = e.receipt_id)
                        order by c.id for update of c
                        """)
                .param("series", series)
                .query((row, n) -> new Filed(
                        row.getLong("id"),
                        Category.of(row.getString("category")).orElseThrow()))
                .list()
                .stream()
                .collect(Collectors.groupingBy(
                        Filed::category, TreeMap::new, Collectors.mapping(Filed::id, Collectors.toList())));
        byCategory.forEach((category, ids) -> erasing.erase(ids, category, RetentionRule.day(now), Filer.ACTOR));
    }

    /** What could not be read, and may lie in quarantine for long. */
    private void eraseUnfiled(String[] series) {
        Collection<String> ids = new ArrayList<>(jdbc.sql("""
                        select id from receipt where series = any(:series::text[]) and state in ('quarantined', 'discarded') order by id for update
                        """)
                .param("series", series)
                .query((row, n) -> row.getString("id"))
                .list());
        if (!ids.isEmpty()) {
            erasing.eraseUnfiled(ids, Filer.ACTOR);
        }
    }

    private static boolean withdraws(Item item) {
        return item instanceof Item.Readable one
                && one.withdraws()
                && one.receipt().series() != null;
    }

    private static String seriesOf(Item item) {
        return Objects.requireNonNull(item.receipt().series());
    }
}
