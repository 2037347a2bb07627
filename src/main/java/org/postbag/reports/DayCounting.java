package org.postbag.reports;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Arrays;
import org.postbag.receiving.Channel;
import org.postbag.reports.DayFigures.What;
import org.postbag.staff.UkTime;
import org.postbag.work.AdvisoryLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Profile;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Counts days again of which something changed, the latest first. The database notes these days with the change itself ({@code V22__day_figures.sql}), in
 * whatever way it is made; here the note goes and the day is counted in one transaction, so that a change is counted or noted still.
 */
@Component
@Profile("!command")
class DayCounting {

    private static final Duration REST_MIN = Duration.ofSeconds(9);
    /** Of what it may load the database with: a twentieth of one connection's time, however much is filed. */
    private static final int RESTS_OF_WORK = 20;

    private static final Logger LOG = LoggerFactory.getLogger(DayCounting.class);

    private static final String COUNT = """
            with came as materialized (
                select e.channel, e.thread_id, e.received_at, e.resolved_by, s.category, coalesce(e.topic, '') as topic,
                    coalesce(l.authority, lives.authority, '') as authority,
                    case when w.not_enquiry is not null then 'not-an-enquiry' when e.automatic is null then 'people'
                        when e.automatic = 'probably-spam' then 'spam' else 'automatic' end as kind,
                    case when w.status in ('answered', 'closed') then w.answer end as answer, w.status_at
                from enquiry e
                join contact c on c.id = e.contact_id
                join contact s on s.id = coalesce(c.merged_into, c.id)
                left join enquiry_work w on w.enquiry_id = e.id
                left join enquiry_location l on l.enquiry_id = e.id
                left join lateral (
                    select case when count(*) = 1 then min(p.authority) end as authority
                    from (
                        select regexp_replace(upper(regexp_replace(value, '\\s', '', 'g')), '(...)$', ' \\1') as postcode
                        from claim where enquiry_id = e.id and kind = 'postcode' and state <> 'dismissed' order by id limit 1) first
                    join postcode_authority p on p.postcode = first.postcode) lives on true
                where e.direction = 'inbound' and e.received_at >= :from::timestamptz and e.received_at < :until::timestamptz),
            timed as (
                select channel, round(extract(epoch from
                    greatest(least(first.sent_at, case when answer <> 'message' then status_at end), received_at) - received_at) / 60) as took
                from came
                cross join lateral (
                    select min(o.received_at) as sent_at from enquiry o
                    where o.thread_id = came.thread_id and o.direction = 'outbound' and o.automatic is null and o.received_at >= came.received_at) first
                where answer in ('message', 'telephone', 'letter', 'at-once') and (first.sent_at is not null or answer <> 'message')),
            counted as materialized (
                select 'channel' as what, channel as value, 0 as minutes, count(*) as number from came group by channel
                union all select 'category', category, 0, count(*) from came group by category
                union all select 'topic', topic, 0, count(*) from came group by topic
                union all select 'authority', authority, 0, count(*) from came group by authority
                union all select 'kind', kind, 0, count(*) from came group by kind
                union all select 'resolved', resolved_by, 0, count(*) from came group by resolved_by
                union all select 'answered', channel, answer_minutes(took), count(*) from timed group by channel, answer_minutes(took)
                union all select 'taken-in', channel, 0, count(*) from receipt
                    where channel = any(:channels::text[]) and received_at >= :from::timestamptz and received_at < :until::timestamptz
                        and direction = 'inbound' group by channel),
            gone as (
                delete from day_figure f where f.what = any(:what::text[]) and f.day = :day::date
                    and not exists (select from counted c where c.what = f.what and c.value = f.value and c.minutes = f.minutes))
            insert into day_figure (what, day, value, minutes, number)
            select c.what, :day::date, c.value, c.minutes, c.number
            from counted c left join day_figure f on f.what = c.what and f.day = :day::date and f.value = c.value and f.minutes = c.minutes
            where f.number is distinct from c.number
            on conflict (what, day, value, minutes) do update set number = excluded.number
            """;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Pace pace;

    DayCounting(JdbcClient jdbc, TransactionTemplate transaction, Clock clock) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.pace = new Pace(clock, REST_MIN, RESTS_OF_WORK);
    }

    @Scheduled(initialDelayString = "PT4S", fixedDelayString = "PT3S")
    void follow() {
        pace.run(() -> {
            try {
                countNoted();
            } catch (DataAccessException | TransactionException away) {
                LOG.debug("Days are counted later: the database is away", away);
            }
        });
    }

    /** Until each day that is noted now has been counted, or another node is at it. */
    void countNoted() {
        var days = jdbc.sql("select distinct day from day_work order by day desc")
                .query((row, n) -> row.getDate("day").toLocalDate())
                .list();
        for (var day : days) {
            if (!Boolean.TRUE.equals(transaction.execute(_ -> countAlone(day)))) {
                return;
            }
        }
    }

    /** @return false where another node counts */
    private boolean countAlone(LocalDate day) {
        if (!AdvisoryLock.COUNTING.takeUntilEnd(jdbc)) {
            return false;
        }
        // Counting sees at least what was committed with the notes that this takes away; later changes have notes of
        // their own.
        jdbc.sql("delete from day_work where day = :day::date")
                .param("day", day.toString())
                .update();
        jdbc.sql(COUNT)
                .param("day", day.toString())
                .param("from", day.atStartOfDay(UkTime.ZONE).toInstant().toString())
                .param(
                        "until",
                        day.plusDays(1).atStartOfDay(UkTime.ZONE).toInstant().toString())
                .param(
                        "channels",
                        Arrays.stream(Channel.values()).map(Channel::code).toArray(String[]::new))
                .param("what", What.codes(What.values()))
                .update();
        return true;
    }
}
