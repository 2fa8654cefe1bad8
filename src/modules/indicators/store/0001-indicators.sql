create schema indicators;

-- How far the journal has been read into the figures. One row; its lock lets one reader at a time write them.
create table indicators.checkpoint (
  only_one boolean primary key default true check (only_one),
  seq bigint not null,
  followed_at timestamptz, -- null: never yet
  revision bigint not null default 0 -- moves with every definition, source and imported figure
);
insert into indicators.checkpoint (seq) values (0);

-- What of a case or an account moves figures, by its stream in the journal. No names, no contents.
create table indicators.stream_state (
  stream text primary key,
  state text not null -- short JSON, read and written whole
);

-- The figures of a service (empty: of the city alone) in a month, as sums.
create table indicators.cell (
  service text not null,
  month text not null, -- 2026-11
  counts jsonb not null,
  days jsonb not null, -- cases by whole days from complete Antrag to Bescheid
  snapshot jsonb not null,
  seq bigint not null, -- entry of the journal up to which it was last changed
  primary key (service, month)
);
create index cell_changed on indicators.cell (seq);

-- Definitions of indicators, every version: own ones whole, of built-in ones what the strategy sets.
create table indicators.definition (
  key text not null,
  version int not null,
  body jsonb not null,
  reason text not null,
  changed_at timestamptz not null,
  changed_by text not null,
  primary key (key, version)
);

-- Where imported indicators come from.
create table indicators.source (
  key text primary key,
  body jsonb not null,
  active boolean not null,
  changed_at timestamptz not null,
  tried_at timestamptz,
  fetched_at timestamptz,
  problem text -- why the last try brought nothing
);

create table indicators.imported_value (
  key text not null,
  day date not null, -- of which the source says it
  value double precision not null,
  fetched_at timestamptz not null,
  primary key (key, day)
);
