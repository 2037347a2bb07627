-- How many items wait in quarantine, and how many were discarded, so that no page counts a million of them (docs/decisions/0024-counts-of-quarantine.md).

-- Rows are only added and taken away, as in day_work: nobody who files waits for another. The sum of a group's rows is how many items it has.
create table quarantine_count (
    channel     text not null,
    route       text not null,
    reason_code text not null,
    day         date not null,                          -- of the United Kingdom, on which they were received
    discarded   boolean not null,                       -- and can still be brought back
    number      integer not null check (number <> 0)    -- so many more, or fewer
);

-- By triggers, so that no way of changing quarantine can forget it.
create function count_quarantine_more() returns trigger language plpgsql as $$
begin
    insert into quarantine_count
    select channel, route, reason_code, uk_day(received_at), discarded_at is not null, count(*) from come group by 1, 2, 3, 4, 5;
    return null;
end $$;

create function count_quarantine_fewer() returns trigger language plpgsql as $$
begin
    insert into quarantine_count
    select channel, route, reason_code, uk_day(received_at), discarded_at is not null, -count(*) from gone group by 1, 2, 3, 4, 5;
    return null;
end $$;

create function count_quarantine_moved() returns trigger language plpgsql as $$
begin
    insert into quarantine_count
    select channel, route, reason_code, uk_day(received_at), discarded_at is not null, sum(number)
    from (select gone.*, -1 as number from gone union all select come.*, 1 from come) both_sides
    group by 1, 2, 3, 4, 5 having sum(number) <> 0;
    return null;
end $$;

create trigger quarantine_came after insert on quarantine
    referencing new table as come for each statement execute function count_quarantine_more();
create trigger quarantine_went after delete on quarantine
    referencing old table as gone for each statement execute function count_quarantine_fewer();
create trigger quarantine_moved after update on quarantine
    referencing old table as gone new table as come for each statement execute function count_quarantine_moved();

insert into quarantine_count
select channel, route, reason_code, uk_day(received_at), discarded_at is not null, count(*) from quarantine group by 1, 2, 3, 4, 5;

grant select, insert, delete on quarantine_count to ${app_role};

-- What came into quarantine within a day, for the alarm.
create index quarantine_waits_since on quarantine (quarantined_at) include (route) where discarded_at is null;
