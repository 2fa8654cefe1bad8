-- Programs and devices outside that write data. The key itself is shown once and never kept.
create table identity.device (
  id uuid primary key,
  name text not null,
  key_sha256 text not null unique,
  created_at timestamptz not null,
  -- no longer let in
  revoked_at timestamptz
);
