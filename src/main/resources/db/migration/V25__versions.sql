-- Each text of what is changed in the console, as it was written, and what became of it (docs/decisions/0014-versions.md). Rows are only added; a text never
-- changes, only where it stands. No text holds a secret: a route names secrets by reference, and what it may name is looked at before it is kept in force.
create table version (
    id              bigint generated always as identity primary key,
    kind            text not null,                      -- 'route', 'profile', 'questions': see Changeable
    name            text not null check (name ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
    number          integer not null check (number > 0), -- counted for each thing
    text            text not null check (octet_length(text) <= 1000000),
    state           text not null check (state in ('draft', 'checked', 'waiting', 'in-force', 'superseded', 'refused', 'withdrawn', 'retired')),
    origin          text not null check (origin in ('form', 'yaml', 'file', 'rollback')),
    author          text not null,                      -- 'staff:<username>', or 'job:files' where a file says it
    written_at      timestamptz not null,
    reason          text not null,
    base            integer,                            -- the number that the author started from
    checked_at      timestamptz,
    findings        jsonb,                              -- of the latest check
    approver        text,                               -- who approved or refused it
    decided_at      timestamptz,
    decision_reason text,
    urgent          boolean not null default false,     -- approved by one alone
    confirm_by      date,                               -- until when a second confirms that; then data protection officers are told
    confirmed_by    text,
    confirmed_at    timestamptz,
    unique (kind, name, number),
    check (not urgent or confirm_by is not null)
);
create unique index version_in_force on version (kind, name) where state = 'in-force';
create unique index version_on_its_way on version (kind, name) where state in ('draft', 'checked', 'waiting');
create index version_to_confirm on version (confirm_by) where urgent and confirmed_by is null;
grant select, insert, update on version to ${app_role};
