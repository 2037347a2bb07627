-- What was done with the ways in is read in one place, newest first, without a look at the events of filing (docs/decisions/0026-one-trail-of-the-console.md).
create index audit_event_console on audit_event (subject_kind, id)
    where subject_kind in ('route', 'profile', 'questions', 'secret', 'machine', 'connector', 'sample', 'export', 'quarantine-batch', 'again-batch');
create index audit_event_quarantine on audit_event (id)
    where subject_kind = 'receipt' and action in ('REPLAYED', 'DISCARDED', 'RESTORED', 'SET_RIGHT');
