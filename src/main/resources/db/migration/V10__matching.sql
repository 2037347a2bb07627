-- Two contacts that may be one person: how sure the model was when it saw them, and what staff said since. What staff said is evidence, and stays.
create table contact_match (
    one        bigint not null references contact,
    other      bigint not null references contact,
    log_odds   double precision not null,               -- natural logarithm of the odds that they are one person
    decision   text not null check (decision in ('same', 'review')), -- the model's
    model      text not null,                           -- which model saw them
    found_at   timestamptz not null,
    verdict    text check (verdict in ('same', 'not-same', 'not-sure')), -- what staff said; null: nobody has looked yet
    decided_by text,
    decided_at timestamptz,
    primary key (one, other),
    check (one < other)
);
create index contact_match_open on contact_match (log_odds desc, one, other) where verdict is null;
create index contact_match_other on contact_match (other);

-- What a contact may be found by when another is compared: pieces of what is known of it, as numbers (see matching.Keys).
create table contact_key (
    key        bigint not null,
    contact_id bigint not null references contact,
    primary key (key, contact_id)
);
create index contact_key_contact on contact_key (contact_id);

grant select, insert, update, delete on contact_match, contact_key to ${app_role};
