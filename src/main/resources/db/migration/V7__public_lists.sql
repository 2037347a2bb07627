-- Lists of public sources: who is in them, what each list said, and since when. All that is known of an entry follows from its sightings, so that lists
-- and rows may be filed in any order.

-- A file that was taken. Files of one profile and day are parts of one list.
create table register_list (
    id          bigint generated always as identity primary key,
    profile     text not null,                          -- which source it is of
    source      text not null,                          -- the source's name as shown to people, when it was read
    source_file text not null,                          -- see receipt.source_file
    seen_on     date not null,                          -- the day on which it was seen: the latest that its rows say
    unique (profile, source_file)
);
create index register_list_day on register_list (seen_on desc, profile);
create index register_list_file on register_list (source_file);

-- Somebody in the lists of a source.
create table register_entry (
    id         bigint generated always as identity primary key,
    profile    text not null,
    key        text not null,                           -- receipt.series: keyed hash of the list's own id, or of who it is
    contact_id bigint references contact,               -- null only until the transaction ends that made it
    latest     text,                                    -- the receipt of its latest sighting, likewise
    unique (profile, key)
);
create index register_entry_contact on register_entry (contact_id);

-- That a list has an entry, and what it says there.
create table register_sighting (
    receipt_id  text primary key references receipt,
    entry_id    bigint not null references register_entry on delete cascade,
    list_id     bigint not null references register_list,
    seen_on     date not null,
    received_at timestamptz not null,
    name_key    text,                                   -- the whole name, folded: with an address it tells who it is
    says        jsonb not null,
    damaged     text[] not null default '{}'            -- what could not be read, in words without personal data
);
create index register_sighting_entry on register_sighting (entry_id, seen_on, received_at, receipt_id);
create index register_sighting_list on register_sighting (list_id);

-- The addresses that it gives.
create table register_address (
    receipt_id    text not null references register_sighting on delete cascade,
    identifier_id bigint not null references identifier,
    decides       boolean not null,                     -- whether it tells who it is, with the name
    listed_key    text,                                 -- see identifier_use
    as_written    text not null,
    primary key (receipt_id, identifier_id)
);
create index register_address_identifier on register_address (identifier_id);

alter table contact add column listed_name text;        -- the name in the latest list; it goes before item_name
alter table contact add column staff_set text[] not null default '{}'; -- of kind, category, organisation: what staff set, and no list changes
update contact set staff_set = array_remove(array[
        case when kind <> 'person' then 'kind' end,
        case when category <> 'public' then 'category' end,
        case when organisation is not null then 'organisation' end], null);

alter table identifier_use add column listed_key text;  -- the name_key that a public source's use has where no one else's stands against it
alter table identifier_use add column retired_by_list boolean not null default false; -- no list gives it any more; staff did not retire it
alter table identifier_use add column kept_by_staff boolean not null default false; -- staff put it in use again: no list retires it

grant select, insert, update, delete on register_list, register_entry, register_sighting, register_address to ${app_role};
