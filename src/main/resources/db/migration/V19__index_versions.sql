-- An index may be ahead of a record that was restored from a backup: then versions go on above the index's highest, or nothing would be written over it.
grant update on sequence index_version to ${app_role};
