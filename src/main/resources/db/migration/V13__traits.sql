-- What a contact is compared by, normalised, as it was when it was last compared itself: see MatchKeys. Whoever was compared already is once more.
create table contact_traits (
    contact_id bigint primary key,                      -- no foreign key: see V10
    traits     text not null                            -- a line each: see matching.Traits
);
grant select, insert, update, delete on contact_traits to ${app_role};

insert into match_work (contact_id) select id from contact where erased_at is null order by id on conflict do nothing;
