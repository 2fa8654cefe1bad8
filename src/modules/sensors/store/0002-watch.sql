-- What the twin shows and rules watch as one: streams that name the same layer, as Hamburg's own interfaces do.
alter table sensors.stream
  add column layer text generated always as (properties ->> 'layerName') stored,
  add column service text generated always as (properties ->> 'serviceName') stored;
create index stream_layer on sensors.stream (layer, id) where not multi;

-- A rule watches one stream, or all streams of a layer (`properties.layerName`).
create table sensors.rule (
  id uuid primary key,
  name text not null,
  layer text,
  stream_id bigint references sensors.stream on delete cascade,
  -- Condition of domain/watch.ts
  condition jsonb not null,
  severity text not null check (severity in ('hint', 'warning', 'alarm')),
  created_at timestamptz not null,
  -- no longer watched; its notices stay for reading
  ended_at timestamptz,
  check ((layer is null) <> (stream_id is null))
);

create table sensors.notice (
  id uuid primary key,
  rule_id uuid not null references sensors.rule,
  stream_id bigint not null,
  -- as they were when it was raised: streams may be renamed or go
  stream_name text not null,
  thing_name text not null,
  unit text not null,
  internal boolean not null,
  value double precision,
  measured_at timestamptz,
  raised_at timestamptz not null,
  cleared_at timestamptz
);
create unique index notice_open on sensors.notice (rule_id, stream_id) where cleared_at is null;
create index notice_raised on sensors.notice (raised_at desc, id desc);
