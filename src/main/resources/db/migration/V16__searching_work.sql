-- Clocks that moved to another day, so that the dates in the search index follow: one row a clock, however many enquiries have it. They follow a few hundred
-- at a time, when there is nothing newer to index.
create table clock_work (
    kind    text not null check (kind in ('contact', 'thread')),
    id      bigint not null,                            -- no foreign key: it may go first
    version bigint not null default nextval('index_version'),
    reached bigint not null default 0,                  -- its enquiries up to this id have followed
    primary key (kind, id)
) with (fillfactor = 70);
create index clock_work_version on clock_work (version);
grant select, insert, update, delete on clock_work to ${app_role};
