create schema surge;

-- what the administration lays down beside the rules that come with the program
create table surge.dated_rule (
  id uuid primary key,
  name text not null,
  value double precision not null,
  unit text not null,
  valid_from date not null,
  source text not null,
  recorded_at timestamptz not null,
  recorded_by text not null
);

-- a Lage keeps the rules it began with, until somebody changes them knowingly
create table surge.lage (
  lage_id uuid primary key,
  rules jsonb not null,
  pinned_at timestamptz not null,
  -- SensorThings datastream of the level, and what its numbers are counted from
  level_stream_id bigint,
  level_reference text not null default 'NHN' check (level_reference in ('NHN', 'PN', 'MHW')),
  -- divides the stream's numbers into metres: 100 for centimetres
  level_divisor double precision not null default 1 check (level_divisor > 0),
  last_forecast integer not null default 0,
  last_decision integer not null default 0,
  -- who placed how many, entered by hand where the module of forces is not there
  helpers_free integer
);

create table surge.forecast (
  id uuid primary key,
  lage_id uuid not null references surge.lage,
  number integer not null,
  issuer text not null,
  issued_at timestamptz not null,
  received_at timestamptz not null,
  entered_by text not null,
  synthetic boolean not null,
  -- [{ kind, at, metres, plusMinus }], [{ at, metres }]
  peaks jsonb not null,
  curve jsonb not null,
  unique (lage_id, number),
  unique (lage_id, issuer, issued_at)
);

-- measured levels in metres NHN; of a stream or by hand
create table surge.reading (
  lage_id uuid not null references surge.lage,
  at timestamptz not null,
  source text not null,
  by_hand boolean not null,
  metres double precision not null,
  received_at timestamptz not null,
  primary key (lage_id, at, source)
);

create table surge.polder (
  id uuid primary key,
  lage_id uuid not null references surge.lage,
  code text not null,
  name text not null,
  people integer not null,
  facilities integer not null,
  lon double precision not null,
  lat double precision not null,
  synthetic boolean not null,
  unique (lage_id, code)
);

create table surge.gate (
  id uuid primary key,
  lage_id uuid not null references surge.lage,
  polder_id uuid not null references surge.polder,
  code text not null,
  name text not null,
  kind text not null,
  closing_metres double precision not null,
  closing_minutes integer not null,
  pilot text not null,
  lon double precision not null,
  lat double precision not null,
  stream_id bigint,
  -- { state, since, at, name }, { state, at, by, remark }
  sensor jsonb,
  person jsonb,
  -- what the picture shows, so that it is told only of changes
  shown text not null default '',
  unique (lage_id, code)
);
create index gate_stream on surge.gate (stream_id) where stream_id is not null;

-- everything that was ever said of a gate
create table surge.gate_word (
  id uuid primary key,
  gate_id uuid not null references surge.gate,
  state text not null,
  source text not null check (source in ('sensor', 'person')),
  said_by text not null,
  remark text not null,
  at timestamptz not null,
  received_at timestamptz not null
);
create index gate_word_of on surge.gate_word (gate_id, id desc);

create table surge.zone (
  id uuid primary key,
  lage_id uuid not null references surge.lage,
  code text not null,
  name text not null,
  people integer not null,
  helpers integer not null,
  minutes integer not null,
  area jsonb,
  synthetic boolean not null,
  state text not null default 'none' check (state in ('none', 'ordered', 'running', 'cleared')),
  people_left integer not null default 0,
  at timestamptz,
  said_by text not null default '',
  remark text not null default '',
  unique (lage_id, code)
);

create table surge.measure (
  lage_id uuid not null references surge.lage,
  key text not null,
  due_since timestamptz,
  -- { at, by, remark, count }
  confirmation jsonb,
  task_ref text,
  escalated integer not null default 0,
  primary key (lage_id, key)
);

create table surge.proposal (
  id uuid primary key,
  lage_id uuid not null references surge.lage,
  key text not null,
  rule text not null,
  urgency text not null,
  subject text not null,
  title text not null,
  reasons jsonb not null,
  raised_at timestamptz not null,
  state text not null check (state in ('open', 'accepted', 'refused', 'lapsed')),
  decided_at timestamptz,
  decided_by text,
  because text,
  task_ref text
);
-- proposed once: again only after it had lapsed
create unique index proposal_once on surge.proposal (lage_id, key) where state <> 'lapsed';
create index proposal_open on surge.proposal (lage_id, id) where state = 'open';

create table surge.decision (
  id uuid primary key,
  lage_id uuid not null references surge.lage,
  number integer not null,
  question text not null,
  -- figures of every option as they were then
  options jsonb not null,
  chosen integer not null,
  because text not null,
  decided_at timestamptz not null,
  decided_by text not null,
  unique (lage_id, number)
);
