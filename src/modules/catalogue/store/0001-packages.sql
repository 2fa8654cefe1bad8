create schema catalogue;

-- Every version of a package that was ever live. A running case keeps the one it began with.
create table catalogue.package_version (
  hash text primary key,
  key text not null,
  version text not null,
  files jsonb not null,
  first_seen timestamptz not null
);
create index package_key on catalogue.package_version (key, first_seen desc);

-- How long cases took, learned from the journal.
create table catalogue.processing_time (
  case_id uuid primary key,
  service text not null,
  authority text not null,
  submitted_at timestamptz not null,
  decided_at timestamptz
);
create index processing_service on catalogue.processing_time (service, authority, decided_at);

create table catalogue.journal_cursor (
  only_one boolean primary key default true check (only_one),
  seq bigint not null
);
insert into catalogue.journal_cursor (seq) values (0);
