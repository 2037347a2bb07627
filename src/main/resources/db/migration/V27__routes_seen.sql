-- What the pages of routes show of what other nodes see, and alarms (docs/decisions/0016-seeing-routes.md).

-- A source as the node that asks it saw it last: one node at a time asks, so there is one row a route.
create table route_source (
    route         text primary key,
    seen_at       timestamptz not null,
    looked_at     timestamptz,                          -- when the source was looked at; null before that
    next_at       timestamptz,                          -- when it is looked at next, where that is known
    waiting       bigint,                               -- mails or files that lie there, where the source says
    problem       text,                                 -- why it gives nothing and what to do, without personal data
    problem_since timestamptz,
    labels        text[] not null,                      -- what else is known of it, by name: folder, cursor, ...; no secrets
    facts         text[] not null                       -- likewise, the values
);

-- What somebody should look at. Each is told once when it begins and once when it is over.
create table route_alarm (
    id            bigint generated always as identity primary key,
    kind          text not null check (kind in ('quiet', 'failing', 'quarantine', 'held', 'not-running')),
    route         text not null,
    since         timestamptz not null,
    words         text not null,                        -- what it is and what to do, without personal data
    ended_at      timestamptz,
    begin_told_at timestamptz,                          -- when it was mailed that it began; null where nobody is mailed
    end_told_at   timestamptz
);
create unique index route_alarm_open on route_alarm (kind, route) where ended_at is null;
create index route_alarm_ended on route_alarm (ended_at) where ended_at is not null;

grant select, insert, update, delete on route_source, route_alarm to ${app_role};
grant usage, select on all sequences in schema public to ${app_role};
