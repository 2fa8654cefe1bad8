-- A file that takes the place of another one is its next version; the former stays with the case.
alter table procedure.upload add column replaces uuid references procedure.upload;
create unique index upload_replaces on procedure.upload (replaces) where replaces is not null;
