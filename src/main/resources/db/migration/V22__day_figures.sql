-- What came in, counted day by day, for the reports to add up (docs/decisions/0012-figures-of-days.md). A day is counted again whenever something changed
-- that its figures count. These triggers note which days those are, so that no way of changing the record can forget to.

create table day_figure (
    what    text not null,                              -- see DayFigures.What
    day     date not null,                              -- of the United Kingdom
    value   text not null,                              -- which channel, category, topic, ...
    minutes integer not null default 0,                 -- of times to answer: how long
    number  integer not null check (number > 0),
    primary key (what, day, value, minutes) include (number)
);

-- Days that are to be counted again. Rows are only added and taken away, with no key to share: nobody who files waits for another.
create table day_work (
    id    bigint generated always as identity primary key,
    day   date not null,
    since timestamptz not null default now()
);

create function uk_day(moment timestamptz) returns date language sql immutable
return (moment at time zone 'Europe/London')::date;

-- A time as exact as it is shown: minutes within an hour, hours within two days, tenths of a day within ten, days beyond. So that a day has few of them.
create function answer_minutes(took numeric) returns integer language sql immutable
return case when took < 60 then took when took < 2880 then round(took / 60) * 60 when took < 14400 then round(took / 144) * 144
    else round(took / 1440) * 1440 end;

-- What came in on a day, and what was sent: that may be the first answer to what came in on other days.
create function note_days_of_enquiries() returns trigger language plpgsql as $$
begin
    insert into day_work (day)
    select uk_day(received_at) from changed where direction = 'inbound'
    union
    select uk_day(e.received_at) from changed c join enquiry e on e.thread_id = c.thread_id and e.direction = 'inbound' where c.direction = 'outbound';
    return null;
end $$;

create trigger enquiries_came after insert on enquiry
    referencing new table as changed for each statement execute function note_days_of_enquiries();
create trigger enquiries_went after delete on enquiry
    referencing old table as changed for each statement execute function note_days_of_enquiries();

create function note_days_of_changed_enquiries() returns trigger language plpgsql as $$
begin
    insert into day_work (day)
    with changed as (
        select side.* from was join is_now n on n.id = was.id
        cross join lateral (values (was.direction, was.thread_id, was.received_at), (n.direction, n.thread_id, n.received_at))
            as side (direction, thread_id, received_at)
        where (was.channel, was.direction, was.contact_id, was.thread_id, was.received_at, was.topic, was.automatic, was.resolved_by)
            is distinct from (n.channel, n.direction, n.contact_id, n.thread_id, n.received_at, n.topic, n.automatic, n.resolved_by))
    select uk_day(received_at) from changed where direction = 'inbound'
    union
    select uk_day(e.received_at) from changed c join enquiry e on e.thread_id = c.thread_id and e.direction = 'inbound' where c.direction = 'outbound';
    return null;
end $$;

create trigger enquiries_changed after update on enquiry
    referencing old table as was new table as is_now for each statement execute function note_days_of_changed_enquiries();

-- Of one enquiry: what staff did with it, where they say that it comes from, the postcode that it gives. A postcode comes with its enquiry, whose day is
-- noted already.
create function note_day_of_enquiry() returns trigger language plpgsql as $$
begin
    insert into day_work (day) select uk_day(received_at) from enquiry where id = coalesce(new.enquiry_id, old.enquiry_id) and direction = 'inbound';
    return null;
end $$;

create trigger work_came after insert on enquiry_work for each row
    when (new.answer is not null or new.not_enquiry is not null) execute function note_day_of_enquiry();
create trigger work_changed after update on enquiry_work for each row
    when ((old.status, old.status_at, old.answer, old.not_enquiry) is distinct from (new.status, new.status_at, new.answer, new.not_enquiry))
    execute function note_day_of_enquiry();
create trigger work_went after delete on enquiry_work for each row
    when (old.answer is not null or old.not_enquiry is not null) execute function note_day_of_enquiry();
create trigger location_changed after insert or update or delete on enquiry_location for each row execute function note_day_of_enquiry();
create trigger postcode_changed after update on claim for each row
    when (new.kind = 'postcode' and (old.state, old.value) is distinct from (new.state, new.value)) execute function note_day_of_enquiry();
create trigger postcode_went after delete on claim for each row
    when (old.kind = 'postcode') execute function note_day_of_enquiry();

-- The category is that of the contact under which an enquiry is shown.
create function note_days_of_contact() returns trigger language plpgsql as $$
begin
    insert into day_work (day) select distinct uk_day(e.received_at) from family_of(new.id) f join enquiry e on e.contact_id = f.id;
    return null;
end $$;

create trigger contact_changed after update of category, merged_into on contact for each row
    when ((old.category, old.merged_into) is distinct from (new.category, new.merged_into)) execute function note_days_of_contact();

-- Other postcodes: all days.
create function note_all_days() returns trigger language plpgsql as $$
begin
    insert into day_work (day) select distinct day from day_figure where what = 'channel';
    return null;
end $$;

create trigger postcodes_imported after insert on postcode_import for each statement execute function note_all_days();

-- What was taken in, filed or not.
create function note_days_of_receipts() returns trigger language plpgsql as $$
begin
    insert into day_work (day) select distinct uk_day(received_at) from changed where direction = 'inbound';
    return null;
end $$;

create trigger receipts_came after insert on receipt
    referencing new table as changed for each statement execute function note_days_of_receipts();

insert into day_work (day)
select uk_day(received_at) from enquiry where direction = 'inbound'
union
select uk_day(received_at) from receipt where direction = 'inbound';

grant select, insert, update, delete on day_figure, day_work to ${app_role};
grant usage, select on all sequences in schema public to ${app_role};

-- Screens that read more of the record than they show. What these are for can be answered from the index alone, and each takes the place of one that was there,
-- so that filing writes no more of them than before.
drop index enquiry_to_do;
create index enquiry_to_do on enquiry (received_at, id) include (automatic) where direction = 'inbound' and not done;
drop index enquiry_work_assigned;
create index enquiry_work_open on enquiry_work (enquiry_id) include (assigned_to, opened_at) where status in ('new', 'in-hand', 'waiting-for-them');
drop index receipt_channel_day;
create index receipt_channel_day on receipt (channel, received_at) include (direction, route);
drop index contact_match_open;
create index contact_match_undecided on contact_match (log_odds desc, one, other) include (verdict) where verdict is null or verdict = 'not-sure';
-- Answering from the index alone needs the vacuum to have come by: after a hundredth of the table is new, instead of a fifth.
alter table enquiry set (autovacuum_vacuum_insert_scale_factor = 0.01);
alter table receipt set (autovacuum_vacuum_insert_scale_factor = 0.01);
