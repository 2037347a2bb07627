-- A letter may quote one of our references: that is a claim like any other.
alter table claim drop constraint claim_kind_check;
alter table claim add constraint claim_kind_check
    check (kind in ('name', 'email', 'telephone', 'postcode', 'organisation', 'location', 'handle', 'reference'));

-- What a file says, as far as it could be read: goes with the enquiry when that is erased.
alter table attachment add column text_state text;      -- null until it was tried; 'read', or why not: see FileText.Reason
alter table attachment add column text text;

-- Files that are still to be read: one row an enquiry, written with it. Whoever takes a row puts it off for a while, so that a crash leaves it to be taken again.
create table extraction_work (
    enquiry_id bigint primary key references enquiry on delete cascade,
    due_at     timestamptz not null default now(),
    tries      integer not null default 0
);
create index extraction_work_due on extraction_work (due_at, enquiry_id);

insert into extraction_work (enquiry_id) select distinct enquiry_id from attachment;

grant select, insert, update, delete on extraction_work to ${app_role};
