-- What staff want of each route, and how the routes are on each node (docs/decisions/0013-what-is-wanted-of-routes.md). Nodes look here a few times a
-- second and carry out what they find.

-- One number for each change: the changes of a moment, of one or many routes, share it and are undone by it.
create sequence route_change;

-- A route without a row was never stopped: it is wanted started.
create table route_state (
    route   text primary key,
    wanted  text not null check (wanted in ('started', 'suspended', 'stopped')),
    actor   text not null,                              -- who wanted it so: staff:<username> or job:<name>
    reason  text,                                       -- in the words of staff
    since   timestamptz not null,
    until   timestamptz,                                -- when it is wanted started again, by the clock of this database
    version bigint not null,                            -- the change that made it so
    check (until is null or wanted <> 'started')
);

-- What was wanted before a change, so that it can be undone; kept for some days.
create table route_state_before (
    change bigint not null,
    route  text not null,
    at     timestamptz not null,
    wanted text not null check (wanted in ('started', 'suspended', 'stopped')),
    reason text,
    until  timestamptz,
    primary key (change, route)
);

-- Somebody asked for a poll now: the node that polls the route does it and says so.
create table route_run (
    route    text primary key,
    asked    bigint not null,                           -- a change's number; done has it once it was carried out
    actor    text not null,
    asked_at timestamptz not null,
    done     bigint not null default 0,
    ran_at   timestamptz,
    outcome  text                                       -- in words, without personal data; null where it went well
);

-- The programs that run now: one that isn't seen for some seconds is taken for dead.
create table node (
    name       text primary key,                        -- the machine's name and the program's number
    started_at timestamptz not null,
    seen_at    timestamptz not null
);

-- How each route is on each node: written by the node when it changes.
create table route_node (
    node    text not null references node on delete cascade,
    route   text not null,
    state   text not null,                              -- see RouteState
    problem text,                                       -- in words, without personal data
    in_hand integer not null,
    primary key (node, route)
);

grant select, insert, update, delete on route_state, route_state_before, route_run, node, route_node to ${app_role};
grant usage, select on all sequences in schema public to ${app_role};
