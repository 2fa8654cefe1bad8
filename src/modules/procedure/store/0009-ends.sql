-- The last day of what a case grants, folded from its decisions, and what it is granted for (hash): the same granted
-- again takes the place of the old one.
alter table procedure.case_file add column valid_until date;
alter table procedure.case_file add column valid_for text;
create index case_valid_until on procedure.case_file (package_hash, valid_until, id) where valid_until is not null;
create index case_valid_for on procedure.case_file (valid_for) where valid_for is not null;
