-- The page of one service asks by subject.
create index cell_subject on usage.cell (subject, day);
