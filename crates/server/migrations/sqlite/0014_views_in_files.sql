-- Whether somebody took the record along in a file or a pack, with its words: 1; or only opened it.
ALTER TABLE record_view ADD COLUMN in_file INTEGER NOT NULL DEFAULT 0;
