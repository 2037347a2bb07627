-- What a thread is known by, and what we answered.

-- A thread is all items of a contact that are tied together by any of these, in whatever order they were filed: see Threads.
create table thread_key (
    key        text not null,                           -- a message id, a series, or 'ref:' and a reference that was quoted
    contact_id bigint not null references contact,
    thread_id  bigint not null references thread on delete cascade,
    primary key (key, contact_id)                       -- by key first: what we sent names the key, not the contact
);
create index thread_key_thread on thread_key (thread_id);
insert into thread_key (key, contact_id, thread_id) select key, contact_id, id from thread;
alter table thread drop column key;
create index thread_contact on thread (contact_id);

alter table enquiry add column base_subject     text;   -- the subject without Re: and the like, folded: ties a reply without references to its thread
alter table enquiry add column asks_by_subject  boolean not null default false; -- it is such a reply
alter table enquiry add column sent_by          bigint references staff_member; -- who wrote what we sent, where the address tells
create index enquiry_base_subject on enquiry (contact_id, base_subject, received_at) where base_subject is not null;

-- The address that a member's mail comes from, so that what they answer in their usual mail program stands under their name.
alter table staff_member add column email text unique;

-- The addresses that a delivery report says our mail did not reach: shown at the contacts who use them.
create table delivery_failure (
    enquiry_id bigint not null references enquiry on delete cascade,
    address    text not null,                           -- normalised, as identifier.value
    primary key (enquiry_id, address)
);
create index delivery_failure_address on delivery_failure (address);

-- Whether its source took the item for spam.
alter table receipt add column junk boolean not null default false;

-- What we sent to nobody who is known (yet) waits in quarantine; these tell when somebody is.
create table unplaced_key (
    receipt_id text not null references quarantine on delete cascade,
    key        text not null,
    primary key (receipt_id, key)
);

grant select, insert, update, delete on thread_key, delivery_failure, unplaced_key to ${app_role};
