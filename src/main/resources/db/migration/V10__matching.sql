-- Two contacts that may be one person: how sure the model was when it saw them, and what staff said since. What staff said is evidence, and stays.
create table contact_match (
    one        bigint not null,                         -- no foreign keys, here and below: they would lock contacts in another order than filing does
    other      bigint not null,
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
    contact_id bigint not null,
    primary key (key, contact_id)
);
create index contact_key_contact on contact_key (contact_id);

-- Contacts that are to be compared, since something that they are compared by changed. One row a contact, with the number of its last change.
create sequence match_version;
create table match_work (
    contact_id bigint primary key,
    version    bigint not null default nextval('match_version'),
    since      timestamptz not null default now()
);
create index match_work_version on match_work (version);
insert into match_work (contact_id) select id from contact where erased_at is null order by id;

-- A national or party register's number.
alter table identifier drop constraint identifier_kind_check;
alter table identifier add constraint identifier_kind_check check (kind in ('email', 'telephone', 'handle', 'postal', 'register'));

-- That who uses an identifier has shown that it is theirs: they read what is sent there, the platform vouches for it, or staff have seen to it.
alter table identifier_use add column verified_at timestamptz;
alter table identifier_use add column verified_by text; -- 'receipt:<id>' of the item that shows it, or who said so

-- The message that an item says it answers. Who answers what we sent has read it: see Answered.
alter table enquiry add column in_reply_to text;

-- Google passes over dots and plus-parts: one mailbox, one identifier. Two that are there already stay two contacts, for staff to review.
with written as (
    select id, value, replace(split_part(split_part(value, '@', 1), '+', 1), '.', '') || '@gmail.com' as mailbox
    from identifier where kind = 'email' and value ~ '^[^@+.][^@]*@(gmail|googlemail)[.]com$'),
alone as (select mailbox, min(id) as id from written group by mailbox having count(*) = 1)
update identifier i set value = a.mailbox from alone a
where i.id = a.id and i.value <> a.mailbox and not exists (select from identifier o where o.kind = 'email' and o.value = a.mailbox);

create index claim_contact on claim (contact_id, id desc);

grant usage on sequence match_version to ${app_role};
grant select, insert, update, delete on contact_match, contact_key, match_work to ${app_role};
