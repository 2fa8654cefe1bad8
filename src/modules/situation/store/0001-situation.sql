create schema situation;

create table situation.lage (
  id uuid primary key,
  -- stands in the address: /lagen/<key>
  key text not null unique check (key ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  title text not null,
  hazard text not null check (hazard in ('sturmflut', 'starkregen', 'brand', 'ausfall', 'andere')),
  exercise boolean not null,
  state text not null check (state in ('open', 'closed')),
  -- organisation that leads
  led_by text not null,
  -- server it comes from; this city's own name for its own
  origin text not null,
  -- takes reports from everybody at /lage/melden
  takes_public_reports boolean not null default false,
  -- number of the last change of its picture: counts without gaps
  picture_seq bigint not null default 0,
  opened_at timestamptz not null,
  closed_at timestamptz,
  closed_because text
);
create index lage_open on situation.lage (opened_at desc) where state = 'open';

create table situation.section (
  id uuid primary key,
  lage_id uuid not null references situation.lage,
  parent_id uuid references situation.section,
  -- Einsatzabschnitt or Sektor
  kind text not null check (kind in ('abschnitt', 'sektor')),
  name text not null,
  leader text not null default '',
  -- GeoJSON in CRS84, or none
  area jsonb,
  ended_at timestamptz,
  unique (lage_id, name)
);

create table situation.member (
  id uuid primary key,
  lage_id uuid not null references situation.lage,
  -- one of both: staff with an account, or a guest by link
  staff_id uuid,
  token_sha256 text unique,
  name text not null,
  organisation text not null,
  function text not null,
  section_id uuid references situation.section,
  -- guests: the layers they were given; null is what their function sees
  layers text[],
  since timestamptz not null,
  -- guests end by themselves
  until timestamptz,
  ended_at timestamptz,
  check ((staff_id is null) <> (token_sha256 is null)),
  check (staff_id is not null or until is not null)
);
create unique index member_staff on situation.member (lage_id, staff_id) where ended_at is null and staff_id is not null;
create index member_of on situation.member (staff_id) where ended_at is null;

-- the picture: what is known of each thing now, and what has ended
create table situation.object (
  lage_id uuid not null,
  id text not null,
  seq bigint not null,
  kind text not null,
  layer text not null,
  -- the smallest box around it, in degrees; null: only in tables
  west double precision,
  south double precision,
  east double precision,
  north double precision,
  need_to_know text[],
  section_id uuid,
  -- the whole PictureObject as JSON
  body jsonb not null,
  ended boolean not null,
  changed_at timestamptz not null,
  primary key (lage_id, id)
);
-- who was away asks for everything after a number
create unique index object_seq on situation.object (lage_id, seq);

-- what was known when: the time slider and the replay read it
create table situation.history (
  lage_id uuid not null,
  seq bigint not null,
  object_id text not null,
  changed_at timestamptz not null,
  body jsonb not null,
  ended boolean not null,
  primary key (lage_id, seq)
);
create index history_of on situation.history (lage_id, object_id, seq desc);
create index history_at on situation.history (lage_id, changed_at);
