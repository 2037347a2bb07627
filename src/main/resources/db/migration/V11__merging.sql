-- Two contacts that are one: a record, not a rewrite (docs/decisions/0008-merging-is-a-relation.md). No row of a merged contact moves; contact.merged_into
-- names the contact under which it is shown, which is always the last one, never one in between.

create table merge (
    id        bigint generated always as identity primary key,
    survivor  bigint not null references contact,
    merged    bigint not null references contact,
    merged_by text not null,
    merged_at timestamptz not null,
    reason    text,                                     -- as staff typed it: erasure removes it
    log_odds  double precision,                         -- what the model said of the two then, or null (see contact_match)
    undone_by text,
    undone_at timestamptz,
    check (survivor <> merged)
);
-- Those that stand are a forest: a contact is merged into one at most.
create unique index merge_merged on merge (merged) where undone_at is null;
create index merge_survivor on merge (survivor);
create index merge_of_merged on merge (merged);

-- What was moved from one contact to another: by a split, or with an unmerge.
create table move (
    id           bigint generated always as identity primary key,
    from_contact bigint not null references contact,
    to_contact   bigint not null references contact,
    makes        boolean not null,                      -- to_contact was made by it: a split
    merge_id     bigint references merge,               -- the merge with whose end it went, or null
    moved_by     text not null,
    moved_at     timestamptz not null,
    reason       text,                                  -- as staff typed it: erasure removes it
    undone_by    text,
    undone_at    timestamptz,
    check (from_contact <> to_contact)
);
create index move_from on move (from_contact);
create index move_to on move (to_contact);
create table moved_enquiry (
    move_id    bigint not null references move,
    enquiry_id bigint not null references enquiry on delete cascade,
    primary key (move_id, enquiry_id)
);
create index moved_enquiry_enquiry on moved_enquiry (enquiry_id);
create table moved_use (
    move_id       bigint not null references move,
    identifier_id bigint not null references identifier on delete cascade,
    primary key (move_id, identifier_id)
);
create index moved_use_identifier on moved_use (identifier_id);

-- The identifier that decided whose it is; null where none did. No foreign key: an identifier that goes needn't look through all enquiries.
alter table enquiry add column identifier_id bigint;
update enquiry e set identifier_id = i.id
from identifier i join identifier_use u on u.identifier_id = i.id
where i.kind = 'email' and i.value = lower(e.from_address) and u.contact_id = e.contact_id and e.direction = 'inbound'
    and e.resolved_by = 'The email address it came from';

-- A person at an organisation, as staff said: a caseworker in a representative's office.
alter table contact add column at_organisation bigint references contact;
create index contact_at_organisation on contact (at_organisation) where at_organisation is not null;
alter table contact add constraint contact_at_another check (at_organisation <> id);

-- Contacts that public lists joined before there were records of it; a chain becomes its last one.
insert into merge (survivor, merged, merged_by, merged_at, reason)
select merged_into, id, 'job:filing', now(), 'Public lists give both the same address and whole name' from contact where merged_into is not null order by id;
with recursive chain as (
    select id, merged_into as survivor, 1 as step from contact where merged_into is not null
    union all
    select chain.id, c.merged_into, step + 1 from chain join contact c on c.id = chain.survivor where c.merged_into is not null and step < 100)
update contact c set merged_into = last.survivor
from (select distinct on (id) id, survivor from chain order by id, step desc) last
where c.id = last.id and c.merged_into <> last.survivor;

-- Who is merged is found too, by what they were called, and shown as the contact they are merged into.
drop index contact_words;
create index contact_words on contact using gin (to_tsvector('simple', coalesce(name, '') || ' ' || coalesce(organisation, ''))) where erased_at is null;

-- The contacts that are one with a contact that is shown: itself and all that are merged into it. Of a merged one: itself, what it holds of its own.
create function family_of(shown bigint) returns table (id bigint) language sql stable
as 'select c.id from contact c where c.id = shown or c.merged_into = shown';

-- What holds of the whole family that a contact is of: one clock, as if all its items had come to one contact, and the rules of all its categories.
create view contact_family as
select c.id as contact_id, coalesce(c.merged_into, c.id) as shown, f.wrote_at, f.seen_at, f.known_since, f.per_thread,
    r.rule_categories, r.rule_periods, r.rules_count_from, r.rule_bases, r.rule_reasons, r.rule_versions
from contact c
cross join lateral (
    select max(m.last_contact_at) as wrote_at, max(m.last_seen_at) as seen_at, min(m.created_at) as known_since,
        bool_or(m.kind = 'organisation' or m.shared_mailbox) as per_thread, array_agg(m.category) as categories
    from contact m where m.id = coalesce(c.merged_into, c.id) or m.merged_into = coalesce(c.merged_into, c.id)) f
cross join lateral (
    select array_agg(category order by category) as rule_categories, array_agg(period_months order by category) as rule_periods,
        array_agg(counts_from order by category) as rules_count_from, array_agg(legal_basis order by category) as rule_bases,
        array_agg(reason order by category) as rule_reasons, array_agg(version order by category) as rule_versions
    from retention_rule where category = any(f.categories)) r;

grant select, insert, update on merge, move to ${app_role};
grant select, insert, update, delete on moved_enquiry, moved_use to ${app_role};
grant select on contact_family to ${app_role};
grant usage, select on all sequences in schema public to ${app_role};
