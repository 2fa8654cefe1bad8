create schema flood;

-- Heights of the ground, for all Lagen of the city.
create table flood.grid (
  id uuid primary key,
  name text not null,
  -- where the heights come from, as whoever brought them says it
  source text not null,
  columns integer not null,
  rows integer not null,
  cell_metres double precision not null,
  -- south-west corner in EPSG:25832
  west_metres double precision not null,
  south_metres double precision not null,
  lowest_metres double precision not null,
  highest_metres double precision not null,
  -- cells without a height
  missing integer not null,
  -- metres above NHN, 32 bits each, row by row from the north, compressed
  heights bytea not null,
  -- of the heights, before they are compressed
  sha256 text not null,
  -- dykes and gates (Structure of domain/structures.ts)
  structures jsonb not null default '[]',
  -- where the gauge's water comes in (TideInlet of domain/sources.ts)
  inlet jsonb not null,
  demo boolean not null default false,
  made_at timestamptz not null
);

-- One order of a Lage: a model, a ground, an ensemble.
create table flood.run (
  id uuid primary key,
  lage_id uuid not null,
  grid_id uuid not null references flood.grid,
  title text not null,
  model text not null check (model in ('inertial', 'hll')),
  version text not null,
  input jsonb not null,
  input_hash text not null,
  members integer not null check (members > 0),
  status text not null check (status in ('waiting', 'running', 'done', 'failed', 'cancelled')),
  progress integer not null default 0 check (progress between 0 and 100),
  message text not null,
  -- who ordered it: in the journal's notation, and as the members of the Lage know them
  owner text not null,
  owner_name text not null,
  -- the process that calculates says so again before this; afterwards another one goes on
  lease_until timestamptz,
  -- grid of the result, and what it comes to (RunSummary of application/runs.ts)
  summary jsonb,
  created_at timestamptz not null,
  started_at timestamptz,
  updated_at timestamptz not null,
  finished_at timestamptz
);
create index run_lage on flood.run (lage_id, id desc);
create index run_open on flood.run (lage_id) where status in ('waiting', 'running');

-- A member that has been calculated is not calculated again.
create table flood.member (
  run_id uuid not null references flood.run on delete cascade,
  number integer not null,
  facts jsonb not null,
  -- deepest depth in centimetres and minutes until it was wet, 16 bits each, one behind the other, compressed
  record bytea not null,
  primary key (run_id, number)
);

-- What all members say together, a layer a row; numbers of 8 or 16 bits, compressed.
create table flood.layer (
  run_id uuid not null references flood.run on delete cascade,
  layer text not null,
  cells bytea not null,
  primary key (run_id, layer)
);

-- People and facilities in the water, for lists that go on.
create table flood.affected (
  run_id uuid not null references flood.run on delete cascade,
  number integer not null,
  facility jsonb not null,
  primary key (run_id, number)
);
