-- What deciding on pairs needs beside contact_match.

-- The contact that shows what is known of a contact by now: itself, or whichever it was merged into.
create function surviving_contact(contact_id bigint) returns bigint language sql stable parallel safe as $$
    with recursive line as (
        select c.id, c.merged_into from contact c where c.id = contact_id
        union
        select c.id, c.merged_into from line join contact c on c.id = line.merged_into
    )
    select id from line where merged_into is null
$$;

-- The contact that the verdict 'same' merged, so that taking it back separates that one.
alter table contact_match add column merged_contact bigint references contact;

create index contact_match_not_sure on contact_match (decided_at) where verdict = 'not-sure';
create index contact_match_decided on contact_match (decided_at) where verdict is not null;
create index contact_match_not_same on contact_match (one, other) where verdict = 'not-same';

grant execute on function surviving_contact(bigint) to ${app_role};
