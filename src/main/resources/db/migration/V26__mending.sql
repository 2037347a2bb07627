-- What could not be filed is looked at, mended and filed again, one or a million at a time; the way of one item; tokens of limited scope.

-- Found and counted by these without a look at each receipt, however many items wait.
alter table quarantine
    add column channel     text,
    add column route       text,
    add column received_at timestamptz,
    add column batch       bigint;                      -- the batch that discarded it, which can be undone as one
update quarantine q set channel = r.channel, route = r.route, received_at = r.received_at from receipt r where r.id = q.receipt_id;
alter table quarantine alter column channel set not null, alter column route set not null, alter column received_at set not null;
create index quarantine_waits on quarantine (received_at, receipt_id) where discarded_at is null;
create index quarantine_waits_channel on quarantine (channel, received_at, receipt_id) where discarded_at is null;
create index quarantine_waits_route on quarantine (route, received_at, receipt_id) where discarded_at is null;
create index quarantine_waits_reason on quarantine (reason_code, received_at, receipt_id) where discarded_at is null;
create index quarantine_groups on quarantine (channel, route, reason_code, received_at) where discarded_at is null;
create index quarantine_discarded on quarantine (received_at, receipt_id) where discarded_at is not null;
create index quarantine_batch_of on quarantine (batch) where batch is not null;

-- What staff set right of an item whose raw bytes say it wrongly or not at all. The bytes stay as they came; readers apply this whenever they read them.
create table mend (
    receipt_id text primary key references receipt,
    charset    text,                                    -- what the text of a mail is in
    profile    text,                                    -- what reads a row of an export
    name       text,                                    -- who sent it: goes with the item when that is erased
    email      text,
    telephone  text,
    version    integer not null default 1,              -- a save over someone else's change is refused
    mended_by  text not null,
    mended_at  timestamptz not null
);

-- Many items replayed, tried, discarded or brought back by one decision, in the background, at a rate.
create table quarantine_batch (
    id          bigint generated always as identity primary key,
    act         text not null check (act in ('replay', 'try', 'discard', 'restore')),
    state       text not null check (state in ('running', 'paused', 'done', 'cancelled')),
    asked_by    text not null,
    asked_at    timestamptz not null,
    reason      text,                                   -- in the words of staff; goes with the row
    rate        integer not null check (rate > 0),      -- items a minute
    channel     text,                                   -- which items: all of these that are not null hold
    route       text,
    reason_code text,
    day         date,                                   -- received on, in the United Kingdom
    items       text[],                                 -- the receipts that were ticked; null: all that fit
    of_batch    bigint references quarantine_batch on delete set null, -- the discarding that is undone
    total       bigint not null,                        -- how many there were when it was asked for
    after_id    text not null default '',               -- receipts up to this one are dealt with
    in_hand     text[] not null default '{}',           -- those of now: a crash leaves them here, and they are gone on with
    next_at     timestamptz not null,                   -- when the next items are due, by the rate
    held_until  timestamptz,                            -- till then whoever works on it has it
    done        bigint not null default 0,
    again       bigint not null default 0,              -- still can't be filed
    refused     bigint not null default 0,              -- of somebody who was erased or restricted
    told        jsonb not null default '{}',            -- how many for which reason can't be filed
    ended_at    timestamptz
);
create index quarantine_batch_runs on quarantine_batch (next_at) where state = 'running';

-- Whether an item belongs to what was erased: its series tells.
create index receipt_series_erased on receipt (series) where series is not null and state = 'erased';

-- Which program took an item in, and by which version of its route; null for items of before.
alter table receipt
    add column node          text,
    add column route_version integer;

-- Receipts of a span of days that are sent again from the raw store, or items that are listed again at their source.
create table again_batch (
    id         bigint generated always as identity primary key,
    source     text not null check (source in ('raw', 'route')), -- the raw store, or the route's own source
    state      text not null check (state in ('counting', 'counted', 'running', 'paused', 'done', 'cancelled', 'failed')),
    asked_by   text not null,
    asked_at   timestamptz not null,
    channel    text not null,
    route      text,                                    -- null: all of the channel
    first_day  date not null,                           -- days in UTC, as the raw store has them
    last_day   date not null,
    every      boolean not null default false,          -- also those that the record knows
    rate       integer not null default 600 check (rate > 0),
    reason     text,
    at_day     date,                                    -- dealt with up to this day, and in it up to this receipt
    after_id   text not null default '',
    next_at    timestamptz not null,
    raw        bigint not null default 0,               -- counted first: raw items in the span,
    filed      bigint not null default 0,               -- and what the record says of them
    quarantined bigint not null default 0,
    discarded  bigint not null default 0,
    erased     bigint not null default 0,
    waiting    bigint not null default 0,
    missing    bigint not null default 0,               -- not known to the record
    damaged    bigint not null default 0,               -- whose raw file can't be read
    sent       bigint not null default 0,
    fault      text,                                    -- why it failed or waits
    ended_at   timestamptz
);
create index again_batch_runs on again_batch (next_at) where state in ('counting', 'running');

-- Tokens: what they may do beside their roles, for how long, and what became of them.
alter table api_token
    add column name         text,                       -- what it is for, as its maker says
    add column scopes       text[],                     -- see Scope; null: made by the program itself, all that its roles may
    add column made_by      text,
    add column expires_at   timestamptz,
    add column last_used_at timestamptz,                -- to the minute
    add column revoked_by   text;

grant select, insert, update, delete on mend, quarantine_batch, again_batch to ${app_role};
grant usage, select on all sequences in schema public to ${app_role};
