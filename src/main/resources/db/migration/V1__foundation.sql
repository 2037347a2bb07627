-- The record: who asked what, when, and until when it may be kept.
-- Flyway runs as the owner; the application signs in as ${app_role}, which is granted only what it does (see the end of the file).

-- ---------------------------------------------------------------- staff
create table staff_member (
    id            bigint generated always as identity primary key,
    username      text not null unique,
    name          text not null,
    password_hash text not null,
    roles         text[] not null default '{}',
    active        boolean not null default true,
    created_at    timestamptz not null default now()
);

-- A token belongs to a member of staff or to a named job, and carries no more than these roles.
create table api_token (
    id              bigint generated always as identity primary key,
    token_hash      bytea not null unique,              -- SHA-256 of the token; the token itself is not kept
    staff_member_id bigint references staff_member,
    job             text,
    roles           text[] not null default '{}',
    created_at      timestamptz not null default now(),
    revoked_at      timestamptz,
    check ((staff_member_id is null) <> (job is null))
);

-- ---------------------------------------------------------------- receiving
-- The receipt row outlives erasure, so that a mailbox read again brings nobody back.
create table receipt (
    id          text primary key check (id ~ '^[0-9a-f]{64}$'),
    reference   text not null,                          -- the first 55 bits of the id and a check character: found by the id's order
    channel     text not null,
    route       text not null,
    direction   text not null,
    received_at timestamptz not null,
    size        bigint not null,
    series      text,                                   -- keyed hash of the source's own item id, where content may be corrected (calls)
    profile     text,                                   -- what reads the item, for rows of exports
    source_file text,                                   -- the export this item was cut from, and its row in it
    source_row  integer,
    state       text not null,                          -- waiting, filed, quarantined, discarded, erased: see ReceiptState
    state_at    timestamptz not null default now()
);
create index receipt_channel_day on receipt (channel, received_at);
create index receipt_source_file on receipt (source_file) where source_file is not null;
create index receipt_not_filed on receipt (state) where state in ('waiting', 'quarantined', 'discarded');

create table quarantine (
    receipt_id     text primary key references receipt,
    reason_code    text not null,
    reason         text not null,                       -- in words for staff, without personal data
    quarantined_at timestamptz not null,                -- its retention date is worked out when read, from the rule for the public
    tries          integer not null default 1,
    discarded_by   text,
    discarded_at   timestamptz,
    discard_reason text
);

-- ---------------------------------------------------------------- retention
create table retention_rule (
    category      text primary key,
    period_months integer not null check (period_months > 0),
    counts_from   text not null check (counts_from in ('last-contact', 'last-seen-in-public-source')),
    legal_basis   text not null,
    reason        text not null,
    version       integer not null default 1
);

-- ---------------------------------------------------------------- contacts
create table contact (
    id              bigint generated always as identity primary key,
    kind            text not null default 'person' check (kind in ('person', 'organisation')),
    category        text not null default 'public' references retention_rule,
    name            text,                               -- as shown: what staff set, else item_name
    name_source     text not null default 'item' check (name_source in ('item', 'staff')),
    item_name       text,                               -- claimed_name where it came with the contact's earliest item, else given_name
    given_name      text,                               -- the name in the earliest item that has one that is more than a claim,
    named_at        timestamptz,                        -- when that was received,
    named_by        text,                               -- and its receipt: the earliest wins in any order of filing
    claimed_name    text,                               -- likewise the name that was only claimed, as on a form
    claimed_at      timestamptz,
    claimed_by      text,
    organisation    text,
    identified      boolean not null,                   -- false: no identifier came with its item
    shared_mailbox  boolean not null default false,     -- several people write from it (info@): each thread has its own clock
    source          text not null,                      -- where it came from: the channel of its earliest item, or a public source
    known_by        text,                               -- the receipt of that item
    last_contact_at timestamptz,                        -- its clock: the latest inbound item; never a bounce, an auto-reply or an edit
    last_seen_at    timestamptz,                        -- last seen in the public source
    merged_into     bigint references contact,
    erased_at       timestamptz,
    version         integer not null default 1,         -- a save over someone else's change is refused
    created_at      timestamptz not null default now()  -- when it was first known: the earliest of its items
) with (fillfactor = 85);                               -- room for its clock to move without moving the row
-- Staff find contacts by the beginnings of words (see ContactFinder).
create index contact_words on contact using gin (to_tsvector('simple', coalesce(name, '') || ' ' || coalesce(organisation, '')))
    where erased_at is null and merged_into is null;
create index contact_merged on contact (merged_into) where merged_into is not null;

create table identifier (
    id    bigint generated always as identity primary key,
    kind  text not null check (kind in ('email', 'telephone', 'handle', 'postal')),
    value text not null,                                -- normalised
    unique (kind, value)
);

create table identifier_use (
    identifier_id bigint not null references identifier,
    contact_id    bigint not null references contact,
    state         text not null check (state in ('sole', 'shared', 'retired')),
    name_key      text,                                 -- under which name it decides whose an item is: '' any, null none (see NameKey)
    source        text not null,                        -- 'receipt:<id>', 'claim:<id>' (confirmed by staff) or the name of a public source
    as_written    text not null,                        -- what was typed
    since         timestamptz not null,
    primary key (identifier_id, contact_id)
);
create index identifier_use_contact on identifier_use (contact_id);
-- Whose an item is has one answer, whatever the order and however many file at once.
create unique index identifier_use_decides on identifier_use (identifier_id, name_key) where state <> 'retired';
create unique index identifier_use_sole on identifier_use (identifier_id) where state = 'sole';

-- ---------------------------------------------------------------- enquiries
-- A thread's key is worked out from the item alone, so that items filed in any order end in the same thread.
create table thread (
    id              bigint generated always as identity primary key,
    contact_id      bigint not null references contact,
    key             text not null,
    started_at      timestamptz not null,               -- the earliest of its items
    last_contact_at timestamptz,                        -- its own clock, used for organisations and shared mailboxes
    unique (contact_id, key)
) with (fillfactor = 85);

create table enquiry (
    id             bigint generated always as identity primary key,
    receipt_id     text not null unique references receipt,
    reference      text not null,
    channel        text not null,
    direction      text not null check (direction in ('inbound', 'outbound')),
    contact_id     bigint not null references contact,
    thread_id      bigint not null references thread,
    capacity       text not null default 'private' check (capacity in ('private', 'organisation')),
    subject        text,
    text           text not null,                       -- the whole body as plain text
    reply          text not null,                       -- the new part: without quotes and signature
    has_html       boolean not null default false,
    from_name      text,
    from_address   text,
    sent_at        timestamptz,
    received_at    timestamptz not null,
    topic          text,
    language       text,
    automatic      text,                                -- null, or auto-reply, bounce, list, loop, test
    damaged        text[] not null default '{}',        -- what was mended or given up, in words
    series         text,                                -- see receipt.series: enquiries of one series are corrections of its first
    resolved_by    text not null,                       -- why it is on this contact, in words without personal data: 'same email address'
    message_id     text,
    version        integer not null default 1
);
create index enquiry_contact on enquiry (contact_id, received_at desc);
create index enquiry_thread on enquiry (thread_id, received_at);
create index enquiry_series on enquiry (series) where series is not null;
create index enquiry_received on enquiry (received_at desc, id desc);

create table claim (
    id            bigint generated always as identity primary key,
    enquiry_id    bigint not null references enquiry on delete cascade,
    contact_id    bigint not null references contact,
    kind          text not null check (kind in ('name', 'email', 'telephone', 'postcode', 'organisation', 'location', 'handle')),
    value         text not null,                        -- as it was written
    identifier_id bigint references identifier,         -- the identifier that the value is, whoever uses it
    state         text not null default 'claimed' check (state in ('claimed', 'confirmed', 'dismissed'))
);
create index claim_enquiry on claim (enquiry_id);
create index claim_identifier on claim (identifier_id, contact_id) where identifier_id is not null;

-- What an item carried; the bytes stay in the raw store and are read from there.
create table attachment (
    enquiry_id bigint not null references enquiry on delete cascade,
    position   integer not null,                        -- from 0, in the order in which the reader lists them
    name       text not null,
    type       text not null,
    size       bigint not null,
    primary key (enquiry_id, position)
);

-- Something about contacts that a person should look at. One row a matter, however often it comes up.
create table review (
    id            bigint generated always as identity primary key,
    matter        text not null,                        -- 'telephone-shared', 'name-differs', 'claim-of-another'
    subject_key   text not null,                        -- what makes it one matter: 'contact:<id>' or 'identifier:<id>'
    contact_id    bigint references contact,            -- the contact it is about, or
    identifier_id bigint references identifier,         -- the identifier: who uses and who claims it is read when shown
    raised_at     timestamptz not null,
    state         text not null default 'open' check (state in ('open', 'settled')),
    settled_by    text,
    settled_at    timestamptz,
    unique (matter, subject_key)
);

-- ---------------------------------------------------------------- work
create sequence index_version;
create table index_work (
    enquiry_id bigint primary key,                      -- no foreign key: an erased enquiry's removal is work too
    version    bigint not null default nextval('index_version'),
    since      timestamptz not null default now()
);
create index index_work_version on index_work (version);

-- Enquiries that the engine would not take with their content: found by reference and filters only.
create table index_fault (
    enquiry_id bigint primary key,
    reason     text not null,                           -- without personal data
    since      timestamptz not null default now()
);

-- ---------------------------------------------------------------- exports
-- A file of a watched folder, each time it came: being taken (cut into rows), taken, held whole because it does not fit its profile, or discarded.
create table export_file (
    id           bigint generated always as identity primary key,
    content_hash text not null,                         -- keyed hash of its content; receipt.source_file
    route        text not null,
    profile      text not null,
    folder       text not null,
    file_name    text not null,
    state        text not null check (state in ('taking', 'taken', 'held', 'discarded')),
    difference   text,                                  -- why it is held, or what was noticed; names columns, never cells
    rows         integer,                               -- how many it has, once it is taken
    received_at  timestamptz not null,
    reported_at  timestamptz
);
create unique index export_file_open on export_file (content_hash) where state in ('taking', 'held');
create index export_file_to_report on export_file (id) where state = 'taken' and reported_at is null;

-- Which receipt each row became, until the report is written.
create table export_row (
    export_file_id bigint not null references export_file on delete cascade,
    number         integer not null,                    -- from 1 for the first row after the header
    receipt_id     text not null,
    known          boolean not null,                    -- it came before, in this export or another
    primary key (export_file_id, number)
);

-- ---------------------------------------------------------------- audit
-- Personal values stand apart, so that erasure can remove them and the trail can outlive them.
create table audit_value (
    id           bigint generated always as identity primary key,
    subject_kind text not null,
    subject_id   text not null,
    value        text not null
);
create index audit_value_subject on audit_value (subject_kind, subject_id);

create table audit_event (
    id              bigint generated always as identity primary key,
    at              timestamptz not null,
    actor           text not null,                      -- 'staff:<username>' or 'job:<name>'
    action          text not null,                      -- 'looked', 'filed', 'corrected', ... see Action
    subject_kind    text not null,                      -- contact, enquiry, receipt, staff, ...
    subject_id      text not null,
    detail          text,                               -- in words, without personal data
    before_value_id bigint,
    after_value_id  bigint
);
create index audit_event_subject on audit_event (subject_kind, subject_id, id);
create index audit_event_at on audit_event (at);

-- What retention removed: no personal data, only what is needed to count.
create table erased_count (
    channel     text not null,
    category    text not null,
    received_on date not null,
    erased_on   date not null,
    enquiries   integer not null,
    primary key (channel, category, received_on, erased_on)
);

-- Raw files of erased receipts that are still to go: written with the erasure, deleted when the file is durably gone.
create table raw_erasure (
    receipt_id text primary key references receipt,
    channel    text not null,
    since      timestamptz not null
);

-- A search under an opaque id: what staff look for holds personal data and never stands in a URL.
create table search_query (
    id         uuid primary key,
    asked_by   text not null,
    asked_at   timestamptz not null,
    query      jsonb not null
);
create index search_query_asked_at on search_query (asked_at);

-- ---------------------------------------------------------------- what the application may do
grant usage on schema public to ${app_role};
grant select, insert, update, delete on all tables in schema public to ${app_role};
grant usage, select on all sequences in schema public to ${app_role};
revoke update, delete, truncate on audit_event from ${app_role};
revoke update on audit_value from ${app_role};
revoke delete, truncate on receipt from ${app_role};
revoke insert, update, delete on retention_rule from ${app_role};
grant update on retention_rule to ${app_role};
revoke all on flyway_schema_history from ${app_role};

-- ---------------------------------------------------------------- the first rule table
insert into retention_rule (category, period_months, counts_from, legal_basis, reason) values
 ('public',                    12, 'last-contact',               'Public task: Political Parties, Elections and Referendums Act 2000', 'One year from the last contact'),
 ('press',                     12, 'last-contact',               'Public task: Political Parties, Elections and Referendums Act 2000', 'One year from the last contact'),
 ('other',                     12, 'last-contact',               'Public task: Political Parties, Elections and Referendums Act 2000', 'One year from the last contact'),
 ('elected-representative',    12, 'last-seen-in-public-source', 'Public task: Political Parties, Elections and Referendums Act 2000', 'One year after leaving the public record of those who hold the office, or from the last contact where that is later'),
 ('electoral-administrator',   36, 'last-contact',               'Public task: Political Parties, Elections and Referendums Act 2000', 'Regulatory reason: advice given to administrators is needed for the review of the polls they run, over three years'),
 ('political-party',           84, 'last-contact',               'Public task: Political Parties, Elections and Referendums Act 2000, Parts 2 to 4', 'Regulatory reason: enforcement of party finance may look back over an electoral cycle and the audit after it, seven years'),
 ('registered-campaigner',     12, 'last-contact',               'Public task: Political Parties, Elections and Referendums Act 2000, Part 6', 'One year from the last contact');
