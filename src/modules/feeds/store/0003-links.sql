-- messages that a feed links to, and when each was fetched: those that were not yet come first
create table feeds.link (
  source_id uuid not null references feeds.source,
  sha256 text not null,
  fetched_at timestamptz not null,
  primary key (source_id, sha256)
);
