-- Where people write from: the local authority of a postcode, by a table that is imported from the ONS Postcode Directory.

create table local_authority (
    code text primary key,                              -- GSS code, such as W06000011
    name text not null
);

-- A postcode that lies in several authorities has a row for each.
create table postcode_authority (
    postcode  text not null,                            -- in Royal Mail's form
    authority text not null references local_authority,
    ended     text,                                     -- year and month in which it went out of use
    primary key (postcode, authority)
);

-- What the table was imported from, so that the same files are not read at each start.
create table postcode_import (
    files_hash  text primary key,
    postcodes   integer not null,
    imported_at timestamptz not null
);

-- What staff say about where an enquiry comes from; without a row it follows from the postcode that the sender gave.
create table enquiry_location (
    enquiry_id bigint primary key references enquiry on delete cascade,
    authority  text not null references local_authority deferrable initially deferred,
    set_by     text not null,
    set_at     timestamptz not null
);

grant select, insert, update, delete on local_authority, postcode_authority, postcode_import, enquiry_location to ${app_role};
