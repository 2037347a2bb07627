-- Acknowledgements by mail, where they are switched on. A row is written with its enquiry and goes with it.
create table acknowledgement (
    enquiry_id bigint primary key references enquiry on delete cascade,
    address    text not null,                           -- to whom
    language   text not null check (language in ('en', 'cy')),
    state      text not null default 'waiting' check (state in ('waiting', 'sending', 'sent', 'refused', 'unsure', 'given-up')),
    due_at     timestamptz not null,
    tries      integer not null default 0,
    state_at   timestamptz not null,
    reason     text                                     -- why it waits or was not sent, without personal data
);
create index acknowledgement_due on acknowledgement (due_at) where state in ('waiting', 'sending');
create index acknowledgement_address on acknowledgement (address, state_at);

grant select, insert, update, delete on acknowledgement to ${app_role};
