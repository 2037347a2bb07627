-- Messages of social platforms.

-- What a sender took back. The mark stays when the message is erased, so that it makes no difference which of the two comes first.
create table withdrawn (
    series     text primary key,                        -- see receipt.series: keyed hash of the platform's id of the message
    receipt_id text not null references receipt,        -- of the item that took it back
    at         timestamptz not null
);

-- How far a source was read that tells only where to go on: moved once everything before it is durable.
create table source_position (
    route    text primary key,
    position text not null,                             -- as the route writes it; no personal data
    moved_at timestamptz not null
);

grant select, insert, update, delete on withdrawn, source_position to ${app_role};
revoke update, delete on withdrawn from ${app_role};
