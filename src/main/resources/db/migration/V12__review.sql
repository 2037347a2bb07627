-- What deciding on pairs needs beside contact_match.

-- The contact that the verdict 'same' merged, so that taking it back separates that one.
alter table contact_match add column merged_contact bigint;

create index contact_match_decided on contact_match (decided_at) where verdict is not null;
create index contact_match_not_sure on contact_match (log_odds desc) where verdict = 'not-sure';
create index contact_match_not_same on contact_match (one, other) where verdict = 'not-same';
