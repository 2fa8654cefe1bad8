create schema feeds;

create table feeds.source (
  id uuid primary key,
  lage_id uuid not null,
  kind text not null,
  name text not null,
  -- what its kind needs to know: an address, a mapping, streams
  config jsonb not null,
  active boolean not null,
  declared_by text not null,
  declared_at timestamptz not null,
  last_heard_at timestamptz,
  -- of what is asked by the clock
  due_at timestamptz,
  failures integer not null default 0,
  problem text,
  -- messages that were not taken so far; the newest are kept in feeds.rejected
  rejected bigint not null default 0,
  unique (lage_id, kind, name)
);
create index source_due on feeds.source (due_at) where active and due_at is not null;

create table feeds.tally (
  source_id uuid not null references feeds.source,
  hour timestamptz not null,
  taken bigint not null,
  repeated bigint not null,
  refused bigint not null,
  quarantined bigint not null,
  primary key (source_id, hour)
);

-- a ring: the slot is the number modulo its size, so that a flood overwrites itself
create table feeds.rejected (
  source_id uuid not null references feeds.source,
  slot integer not null,
  number bigint not null,
  at timestamptz not null,
  outcome text not null check (outcome in ('refused', 'quarantined')),
  reason text not null,
  raw text not null,
  primary key (source_id, slot)
);

-- who moves and names itself: the last that was believed
create table feeds.mover (
  lage_id uuid not null,
  uid text not null,
  time_ms bigint not null,
  state jsonb not null,
  primary key (lage_id, uid)
);

-- every position that was taken, as it came
create table feeds.event (
  lage_id uuid not null,
  source_id uuid not null,
  received_at timestamptz not null,
  uid text not null,
  type text not null,
  time_ms bigint not null,
  lon double precision not null,
  lat double precision not null,
  detail text not null
);
create index event_received on feeds.event using brin (received_at);

-- CAP messages: who they are from, and what of the picture they made
create table feeds.alert (
  lage_id uuid not null,
  sender text not null,
  identifier text not null,
  sent timestamptz not null,
  source_id uuid not null references feeds.source,
  msg_type text not null,
  status text not null,
  received_at timestamptz not null,
  sha256 text not null,
  raw text not null,
  objects text[] not null,
  -- messages of the same sender that it replaces or withdraws, there or still to come
  ends text[] not null,
  -- replaced or withdrawn by a later message
  ended_by text,
  primary key (lage_id, sender, identifier)
);

-- what an import brought, so that it can be taken back as a whole
create table feeds.imported (
  source_id uuid not null references feeds.source,
  object_id text not null,
  primary key (source_id, object_id)
);

-- who changes the tracks of a Lage holds its row
create table feeds.track_book (
  lage_id uuid primary key
);

-- tracks of what moves without a name
create table feeds.track (
  lage_id uuid not null,
  id text not null,
  state jsonb not null,
  primary key (lage_id, id)
);
