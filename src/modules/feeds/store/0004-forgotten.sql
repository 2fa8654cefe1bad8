-- Lagen whose single positions were dropped after their time
create table feeds.forgotten (
  lage_id uuid primary key,
  at timestamptz not null,
  events bigint not null
);
