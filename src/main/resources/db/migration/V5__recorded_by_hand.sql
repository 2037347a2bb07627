-- Enquiries that a member of staff recorded by hand. A row goes with its enquiry.
create table recorded (
    enquiry_id  bigint primary key references enquiry on delete cascade,
    kind        text not null check (kind in ('call', 'visit', 'letter', 'other')),
    recorded_by text not null,                          -- who noted it: 'staff:<username>'
    answer      text not null default '',               -- what was answered there and then; it stands in enquiry.text too, to be found
    closed      boolean not null                        -- answered there and then: nothing is left to do
);
create index recorded_by_whom on recorded (recorded_by, enquiry_id);

grant select, insert, update, delete on recorded to ${app_role};
