-- A search that a member keeps by a name, for themselves or for all who may search. It stays until it is deleted, a day longer so that this can be undone.
create table saved_search (
    id         uuid primary key,
    owner      text not null,                           -- 'staff:<username>'
    name       text not null check (char_length(name) between 1 and 100),
    shared     boolean not null default false,
    query      jsonb not null,                          -- as in search_query
    saved_at   timestamptz not null,
    deleted_at timestamptz
);
create index saved_search_owner on saved_search (owner);
create index saved_search_shared on saved_search (id) where shared;
grant select, insert, update, delete on saved_search to ${app_role};

-- A question that was asked stays a year, for the trail names it by its id alone. Its member sees the latest ones again, until they have them forgotten.
alter table search_query add column forgotten_at timestamptz;
create index search_query_asked_by on search_query (asked_by, asked_at desc);

-- What contacts are suggested by while somebody types: how name and address begin, byte by byte whatever the database's collation is.
create index contact_begins on contact (lower(name) text_pattern_ops) where erased_at is null and merged_into is null;
create index identifier_begins on identifier (value text_pattern_ops) where kind = 'email';
