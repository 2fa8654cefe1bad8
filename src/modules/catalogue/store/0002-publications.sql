-- Versions that the administration has put into force in the running city. At each start the higher
-- version is in force: the one of the folder, or the last one published.
create table catalogue.publication (
  key text not null,
  version text not null,
  hash text not null references catalogue.package_version (hash),
  reason text not null,
  published_at timestamptz not null,
  primary key (key, version)
);
