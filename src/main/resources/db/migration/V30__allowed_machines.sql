-- Machines that somebody allowed routes, and tests of connections, to reach (docs/decisions/0020-machines-and-samples.md), besides those that the setting
-- postbag.routes.hosts, the files of routes and the connectors name.
create table allowed_machine (
    name       text primary key check (name ~ '^[a-z0-9.-]{1,253}$'), -- as routes name it, in small letters: a name or an address, never a pattern
    allowed_at timestamptz not null,
    allowed_by text not null,                           -- the actor, as in the audit trail
    reason     text not null
);
grant select, insert, delete on allowed_machine to ${app_role};
