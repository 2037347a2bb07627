-- One table for work on many items that one decision asks for, and when items were sent to Kafka.

create table batch (
    id         bigint generated always as identity primary key,
    act        text not null check (act in ('replay', 'try', 'discard', 'restore', 'resend', 'reread')),
                                                        -- with items of quarantine; with the raw store's, and with those at a route's source
    state      text not null check (state in ('counting', 'counted', 'running', 'paused', 'done', 'cancelled')),
    asked_by   text not null,
    asked_at   timestamptz not null,
    reason     text,                                    -- in the words of staff; goes with the row
    rate       integer not null check (rate > 0),       -- items a minute
    about      jsonb not null,                          -- which items are meant, as its act writes it
    place      text not null default '',                -- up to where it is dealt with, likewise; without personal data
    in_hand    text[] not null default '{}',            -- receipts of now: a crash leaves them here, and they are gone on with
    total      bigint not null default 0,               -- how many there were when it was asked for
    counts     jsonb not null default '{}',             -- how many became what, by names of its act
    fault      text,                                    -- why it waits
    next_at    timestamptz not null,                    -- when the next items are due, by the rate
    held_until timestamptz,                             -- till then whoever works on it has it
    ended_at   timestamptz
);
create index batch_runs on batch (next_at) where state in ('counting', 'running');

insert into batch (id, act, state, asked_by, asked_at, reason, rate, about, place, in_hand, total, counts, next_at, held_until, ended_at)
    overriding system value
select id, act, state, asked_by, asked_at, reason, rate,
    jsonb_strip_nulls(jsonb_build_object('channel', channel, 'route', route, 'reasonCode', reason_code, 'day', day::text,
        'items', array_to_string(items, ' '), 'ofBatch', of_batch::text)),
    after_id, in_hand, total,
    jsonb_build_object('done', done, 'refused', refused)
        || coalesce((select jsonb_object_agg('again:' || t.key, t.value) from jsonb_each(told) t), '{}'),
    next_at, held_until, ended_at
from quarantine_batch;

-- What was counted to be read again is counted anew. No number is given twice, since the trail speaks of them.
select setval(pg_get_serial_sequence('batch', 'id'),
    greatest((select coalesce(max(id), 0) from quarantine_batch), (select coalesce(max(id), 0) from again_batch)) + 1, false);
drop table again_batch;
drop table quarantine_batch;

alter table receipt
    add column sent_at timestamptz;                     -- when Kafka was given its receipt, by Kafka's own record; null for items of before

grant select, insert, update, delete on batch to ${app_role};
grant usage, select on all sequences in schema public to ${app_role};
