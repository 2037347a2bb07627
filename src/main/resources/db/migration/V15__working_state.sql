-- What staff do with an enquiry: its state, whose it is, what is said about it. Nothing of it is written when an enquiry is filed: no row means new,
-- nobody's, never opened. Save what was answered as it was recorded.

create table enquiry_work (
    enquiry_id     bigint primary key references enquiry on delete cascade,
    status         text not null default 'new' check (status in ('new', 'in-hand', 'waiting-for-them', 'passed-on', 'answered', 'closed')), -- see WorkStatus
    status_at      timestamptz,                         -- when it was last set: what a person says after an answer was sent holds
    answer         text check (answer in ('message', 'telephone', 'letter', 'at-once', 'none-needed')), -- how it was answered
    answered_by    bigint,                              -- the latest message of ours taken for its answer; taken once, so that an undo stays. No foreign key: it may go first
    assigned_to    bigint references staff_member,
    urgent_by      text,                                -- who said that it is urgent; null: nobody did
    urgent_at      timestamptz,
    sensitive      text check (sensitive in ('allegation', 'whistleblowing', 'politics')), -- null: whoever may read enquiries may read it
    not_enquiry    text check (not_enquiry in ('spam', 'advertising')),
    not_enquiry_at timestamptz,                         -- from when its shorter period counts
    opened_at      timestamptz,                         -- when it was first opened, and by whom
    opened_by      text,
    version        integer not null default 0,          -- a save over someone else's change is refused; opening is none
    changed_by     text,
    changed_at     timestamptz,
    check ((urgent_by is null) = (urgent_at is null)),
    check ((not_enquiry is null) = (not_enquiry_at is null))
) with (fillfactor = 85);
create index enquiry_work_assigned on enquiry_work (assigned_to) where assigned_to is not null;
create index enquiry_work_urgent on enquiry_work (enquiry_id) where urgent_by is not null;
create index enquiry_work_sensitive on enquiry_work (enquiry_id) where sensitive is not null;
create index enquiry_work_not_enquiry on enquiry_work (not_enquiry_at) where not_enquiry_at is not null;

-- Who may read a sensitive enquiry, beside data protection officers.
create table sensitive_viewer (
    enquiry_id      bigint not null references enquiry on delete cascade,
    staff_member_id bigint not null references staff_member,
    primary key (enquiry_id, staff_member_id)
);

-- Whether its status leaves nothing to do. It follows from enquiry_work.status and stands here so that queues have an index, of what is to do alone.
alter table enquiry add column done boolean not null default false;
create index enquiry_to_do on enquiry (received_at, id) where direction = 'inbound' and not done;
-- Threads that hold an answer of ours: most hold none, and filing asks for each.
create index enquiry_ours on enquiry (thread_id) where direction = 'outbound';

-- One change, of one enquiry or of many at once, so that it can be undone as one.
create table work_change (
    id        bigint generated always as identity primary key,
    what      text not null,                            -- in words, without personal data
    made_by   text not null,
    made_at   timestamptz not null,
    undone_by text,
    undone_at timestamptz
);
-- How an enquiry was before a change, and the version that the change gave it: only where it still has that, undoing puts it back.
create table work_before (
    change_id      bigint not null references work_change on delete cascade,
    enquiry_id     bigint not null references enquiry on delete cascade,
    made_version   integer not null,
    status         text not null,
    status_at      timestamptz,
    answer         text,
    assigned_to    bigint,
    urgent_by      text,
    urgent_at      timestamptz,
    sensitive      text,
    viewers        bigint[] not null default '{}',
    not_enquiry    text,
    not_enquiry_at timestamptz,
    topic          text,
    primary key (change_id, enquiry_id)
);
create index work_before_enquiry on work_before (enquiry_id, made_version);

create table enquiry_note (
    id         bigint generated always as identity primary key,
    enquiry_id bigint not null references enquiry on delete cascade,
    written_by text not null,
    written_at timestamptz not null,
    text       text not null
);
create index enquiry_note_enquiry on enquiry_note (enquiry_id, id);

-- Who has an enquiry open: a page says so every minute, and what is some minutes old is over.
create table enquiry_open (
    enquiry_id bigint not null references enquiry on delete cascade,
    actor      text not null,
    seen_at    timestamptz not null,
    primary key (enquiry_id, actor)
);
create index enquiry_open_seen on enquiry_open (seen_at);

-- What was answered there and then when it was recorded by hand needs nothing more.
insert into enquiry_work (enquiry_id, status, status_at, answer)
select r.enquiry_id, 'answered', e.received_at, 'at-once' from recorded r join enquiry e on e.id = r.enquiry_id where r.closed;
update enquiry e set done = true from recorded r where r.enquiry_id = e.id and r.closed;

-- Spam and advertising ask nothing of the body, so that a year would be longer than necessary (UK GDPR, article 5(1)(e)). A month leaves time to notice a mistake.
insert into retention_rule (category, period_months, counts_from, legal_basis, reason) values
 ('not-an-enquiry', 1, 'last-contact', 'Public task: Political Parties, Elections and Referendums Act 2000', 'One month from the day on which staff found that it is spam or advertising and no enquiry: it need not be kept, and a month leaves time to put a mistake right');
alter table contact add constraint contact_category_of_contacts check (category <> 'not-an-enquiry');

grant select, insert, update, delete on enquiry_work, sensitive_viewer, work_before, enquiry_note, enquiry_open to ${app_role};
grant select, insert, update on work_change to ${app_role};
grant usage, select on all sequences in schema public to ${app_role};
