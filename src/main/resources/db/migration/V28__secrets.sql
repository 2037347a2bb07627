-- Secrets of routes that staff gave in the console (docs/decisions/0017-reaching-sources.md). The values are sealed under keys that the master key wraps, as
-- raw items are: who reads this table, or a backup of it, has none of them.
create table secret (
    name       text primary key,                        -- as routes name it: {{secret:NAME}}
    sealed     bytea not null,                          -- its value, sealed with its name
    changed_at timestamptz not null,
    changed_by text not null                            -- the actor, as in the audit trail
);
grant select, insert, update, delete on secret to ${app_role};
