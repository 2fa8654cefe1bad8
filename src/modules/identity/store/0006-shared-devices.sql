-- A tablet at a place that people use one after another. The secret is in its browser's cookie, here only its hash.
create table identity.shared_device (
  id uuid primary key,
  token_sha256 text not null unique,
  name text not null,
  place_key text not null,
  set_up_at timestamptz not null,
  removed_at timestamptz,
  -- the visit that is open; null: closed
  visit_id uuid unique,
  opened_at timestamptz,
  seen_at timestamptz,
  check ((visit_id is null) = (opened_at is null) and (visit_id is null) = (seen_at is null))
);
-- A session that was begun at a shared device ends with its visit, and is worth something nowhere else.
alter table identity.session add column shared_visit uuid;
create index session_shared_visit on identity.session (shared_visit) where shared_visit is not null;
