create schema orientation;

-- how far each member has read; moves only when they say so
create table orientation.seen (
  lage_id uuid not null,
  member_id text not null,
  picture_seq bigint not null,
  log_number integer not null,
  seen_at timestamptz not null,
  primary key (lage_id, member_id)
);

-- options that were compared and what was chosen, with the figures of that moment; never changed
create table orientation.decision (
  id uuid primary key,
  lage_id uuid not null,
  question text not null,
  options jsonb not null,
  chosen integer not null,
  because text not null,
  decided_by text not null,
  log_number integer not null,
  decided_at timestamptz not null
);
create index decision_newest on orientation.decision (lage_id, id desc);
