create schema scenarios;

create table scenarios.scenario (
  id uuid primary key,
  -- who made it, in the journal's notation
  owner text not null,
  title text not null,
  question text not null,
  -- GeoJSON, CRS84: handed to the models as it is, never searched by place
  area jsonb not null,
  data jsonb not null,
  presets jsonb not null default '{}',
  visibility text not null check (visibility in ('private', 'staff', 'public')),
  version integer not null default 1,
  -- SHA-256 of the keys of the link that shows, and of the one that lets people work along
  share_hash text unique,
  share_until timestamptz,
  join_hash text unique,
  join_until timestamptz,
  created_at timestamptz not null,
  changed_at timestamptz not null
);
create index scenario_owner on scenarios.scenario (owner, id desc);
create index scenario_open on scenarios.scenario (visibility, id desc) where visibility <> 'private';

create table scenarios.coworker (
  scenario_id uuid not null references scenarios.scenario on delete cascade,
  who text not null,
  joined_at timestamptz not null,
  primary key (scenario_id, who)
);
create index coworker_who on scenarios.coworker (who);

create table scenarios.variant (
  id uuid primary key,
  scenario_id uuid not null references scenarios.scenario on delete cascade,
  number integer not null,
  name text not null,
  description text not null,
  plan jsonb not null default '[]',
  version integer not null default 1,
  unique (scenario_id, number)
);

-- The last run of each process on a variant. Jobs are forgotten after a while; what they found is kept here.
create table scenarios.run (
  id uuid primary key,
  scenario_id uuid not null references scenarios.scenario on delete cascade,
  variant_id uuid not null references scenarios.variant on delete cascade,
  process text not null,
  job_id uuid not null,
  status text not null check (status in ('running', 'successful', 'failed')),
  progress integer not null default 0,
  message text not null,
  scenario_version integer not null,
  variant_version integer not null,
  ordered_at timestamptz not null,
  -- figures and where they come from (RunResults of domain/run.ts)
  results jsonb,
  -- maps as a GeoJSON FeatureCollection; absent where they would be too large
  layers text,
  unique (variant_id, process)
);
create index run_open on scenarios.run (ordered_at) where status = 'running';
create index run_scenario on scenarios.run (scenario_id);

create table scenarios.comment (
  id uuid primary key,
  scenario_id uuid not null references scenarios.scenario on delete cascade,
  author text not null,
  written_as text not null check (written_as in ('owner', 'coworker', 'staff', 'citizen')),
  body text not null,
  state text not null check (state in ('waiting', 'shown', 'hidden')),
  written_at timestamptz not null
);
create index comment_scenario on scenarios.comment (scenario_id, id);
create index comment_author on scenarios.comment (author, written_at);

create table scenarios.kit (
  id uuid primary key,
  owner text not null,
  title text not null,
  question text not null,
  -- addresses of the twin's page, each with a title
  views jsonb not null,
  scenario_ids uuid[] not null,
  -- the city it came from; absent where it was put together here
  source text,
  created_at timestamptz not null
);
create index kit_owner on scenarios.kit (owner, id desc);

-- How far the journal has been followed: whoever deletes their account leaves no scenarios behind.
create table scenarios.followed (
  one boolean primary key default true check (one),
  seq bigint not null
);
insert into scenarios.followed (seq) values (0);
