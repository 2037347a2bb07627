-- What contacts are found and compared by is read anew from what is known of them at any time, and is most of what comparing writes. So PostgreSQL keeps it
-- without a log: a crash of it leaves these tables empty, and a standby that takes over has none. The row of match_kept is gone with them, and everybody is
-- compared anew: see FindingMatches.
alter table contact_traits add column keys bigint[] not null default '{}'; -- the contact's rows of contact_key, in order
update contact_traits t set keys = k.keys
    from (select contact_id, array_agg(key order by key) as keys from contact_key group by contact_id) k where k.contact_id = t.contact_id;
-- Of before V13, or of contacts that wait for their turn: they would stand in the way of the same keys.
delete from contact_key k where not exists (select from contact_traits t where t.contact_id = k.contact_id);
drop index contact_key_contact;
alter table contact_traits set unlogged;
alter table contact_key set unlogged;
create unlogged table match_kept (kept boolean primary key check (kept));
insert into match_kept values (true);
grant select, insert on match_kept to ${app_role};
