create schema geodata;

create table geodata.collection (
  id text primary key check (id ~ '^[a-z][a-z0-9_-]{0,62}$'),
  -- names the partition `geodata.feature_<number>`
  number integer generated always as identity unique,
  title text not null,
  description text not null default '',
  -- what the catalogue tells: owner, contact, licence, source, keywords, update interval, quality (domain/collection.ts)
  about jsonb not null default '{}',
  -- 'internal': only for staff and devices
  access text not null default 'open' check (access in ('open', 'internal')),
  -- name -> kind of value, as seen in what was kept (domain/collection.ts)
  properties jsonb not null default '{}',
  geometry_types text[] not null default '{}',
  -- property that tells features apart when the same data come again
  key_property text,
  -- kept with each write, never counted anew for a reader
  features bigint not null default 0,
  -- west, south, east, north in CRS84
  extent double precision[],
  created_at timestamptz not null,
  changed_at timestamptz not null,
  -- day the data describe, as their source says
  data_as_of date
);

-- One partition a collection, made with it.
create table geodata.feature (
  collection_id text not null,
  -- grows with every feature: pages are read along it
  seq bigint not null,
  id text not null,
  geometry geometry(Geometry, 25832),
  properties jsonb not null,
  -- the feature as GeoJSON in CRS84, as it is sent: no reader waits for it to be written again
  body text not null,
  -- counts changes; the ETag
  version integer not null default 1,
  changed_at timestamptz not null,
  primary key (collection_id, id)
) partition by list (collection_id);
create sequence geodata.feature_seq as bigint;
create unique index feature_order on geodata.feature (collection_id, seq);
create index feature_geometry on geodata.feature using gist (geometry);

create table geodata.import_run (
  id uuid primary key,
  collection_id text not null references geodata.collection on delete cascade,
  source text not null,
  format text not null,
  state text not null check (state in ('running', 'done', 'failed', 'cancelled')),
  -- how far it is kept: rows read, and where the reader goes on after an interruption
  rows_read bigint not null default 0,
  created bigint not null default 0,
  changed bigint not null default 0,
  unchanged bigint not null default 0,
  rejected bigint not null default 0,
  message text,
  started_at timestamptz not null,
  ended_at timestamptz
);
create index import_run_collection on geodata.import_run (collection_id, started_at desc);

create table geodata.import_reject (
  run_id uuid not null references geodata.import_run on delete cascade,
  row_number bigint not null,
  reason text not null,
  primary key (run_id, row_number)
);
