create schema forces;

-- numbers without gaps by Lage and kind; the row is held by whoever makes or renames
create table forces.counter (
  lage_id uuid not null,
  kind text not null,
  last integer not null,
  primary key (lage_id, kind)
);

create table forces.record (
  id uuid primary key,
  lage_id uuid not null,
  kind text not null check (kind in ('unit', 'task', 'request', 'shelter', 'material')),
  number integer not null,
  version integer not null,
  name text not null,
  -- still in the picture and in the sums
  open boolean not null,
  body jsonb not null,
  changed_at timestamptz not null,
  changed_by text not null,
  unique (lage_id, kind, number)
);
create unique index record_call_sign on forces.record (lage_id, lower(name)) where kind = 'unit' and open;

-- every version with who and when; a change sent twice has one id
create table forces.change (
  record_id uuid not null references forces.record,
  version integer not null,
  change_id uuid,
  step text not null,
  body jsonb not null,
  changed_at timestamptz not null,
  member_id text not null,
  changed_by text not null,
  primary key (record_id, version),
  unique (record_id, change_id)
);

-- where a unit is: moved by feeds many times a minute, so it counts no versions
create table forces.position (
  unit_id uuid primary key references forces.record,
  lon double precision not null,
  lat double precision not null,
  accuracy_metres double precision,
  at timestamptz not null
);
