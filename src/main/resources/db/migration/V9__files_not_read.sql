-- Files whose text could not be read are listed, the newest first; most files are read, and are not in this index.
create index attachment_not_read on attachment (enquiry_id desc, position) include (text_state) where text_state <> 'read';
