create schema processes;

create table processes.job (
  id uuid primary key,
  process_id text not null,
  process_version text not null,
  status text not null check (status in ('accepted', 'running', 'successful', 'failed', 'dismissed')),
  progress integer not null default 0 check (progress between 0 and 100),
  message text not null,
  -- who ordered it, in the journal's notation
  owner text not null,
  -- may read what the city keeps inside
  internal boolean not null,
  -- checked, with what is taken where nothing was said
  inputs jsonb not null,
  inputs_hash text not null,
  -- which outputs whoever ordered it wants to read, and how (JobAnswer of domain/process.ts)
  answer jsonb not null default '{}',
  members integer not null check (members > 0),
  -- data of the city as they were when the first member was calculated (DataUsed of domain/process.ts)
  data jsonb,
  -- the process that calculates says so again before this; afterwards another one goes on
  lease_until timestamptz,
  -- SHA-256 of the key in the link that shows the result to whoever has it
  share_hash text unique,
  created_at timestamptz not null,
  started_at timestamptz,
  updated_at timestamptz not null,
  finished_at timestamptz
);
create index job_owner on processes.job (owner, id desc);
create index job_open on processes.job (owner) where status in ('accepted', 'running');

-- One combination of an ensemble's numbers each: what is kept is not calculated again.
create table processes.member (
  job_id uuid not null references processes.job on delete cascade,
  number integer not null,
  parameters jsonb not null,
  numbers jsonb not null,
  -- maps as they are sent; absent where they would be too large
  layers text,
  primary key (job_id, number)
);
