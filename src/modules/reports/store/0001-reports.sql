create schema reports;

-- the next number of each Lage's events; its row is held while reports are taken in, one after the other
create table reports.book (
  lage_id uuid primary key,
  last_event integer not null,
  -- public reports that came while too many were waiting: counted, not kept
  turned_away integer not null default 0
);

-- what reports tell of; it is the sum of its reports and kept with them
create table reports.event (
  id uuid primary key,
  lage_id uuid not null,
  number integer not null,
  category text not null,
  state text not null check (state in ('new', 'checked', 'refused')),
  reliability text not null,
  credibility smallint not null,
  sources integer not null,
  members integer not null,
  collapsed integer not null,
  -- nothing but reports of the public at which nobody has looked
  hidden boolean not null,
  contradicted boolean not null,
  event_at timestamptz not null,
  received_at timestamptz not null,
  unique (lage_id, number)
);
create index event_newest on reports.event (lage_id, number desc) where members > 0;

create table reports.report (
  id uuid primary key,
  lage_id uuid not null,
  event_id uuid not null references reports.event,
  origin text not null,
  source_name text not null,
  organisation text,
  source_ref text,
  origin_ref text,
  -- hash of who sends, to bound what one sender can fill
  sender text,
  text text not null,
  category text not null,
  lon double precision,
  lat double precision,
  uncertainty_metres double precision,
  event_at timestamptz not null,
  received_at timestamptz not null,
  reliability text not null,
  credibility smallint not null,
  claims jsonb not null,
  pictures text[] not null,
  state text not null check (state in ('new', 'checked', 'refused')),
  quarantined boolean not null,
  collapsed integer not null default 0,
  collapsed_text text,
  -- what it is compared by
  canonical text not null,
  -- 64 numbers of 32 bits in hex: an array of so many takes long to read
  signature text not null,
  names text[] not null,
  letters integer not null
);
-- the same source and id is the same report
create unique index report_at_source on reports.report (lage_id, origin, source_name, source_ref) where source_ref is not null;
create index report_of_event on reports.report (event_id, received_at desc);
create index report_of_sender on reports.report (lage_id, sender, received_at desc) where sender is not null;
create index report_waiting on reports.report (lage_id) where quarantined;
create index report_newest on reports.report (lage_id, id desc);

-- pictures of reports by their content, without metadata
create table reports.picture (
  sha256 text primary key,
  media_type text not null,
  bytes bytea not null
);

-- numbers under which reports are found that may mean the same: bands of the text, squares of the place, names, origins
create table reports.probe (
  lage_id uuid not null,
  probe bigint not null,
  event_at timestamptz not null,
  report_id uuid not null references reports.report,
  primary key (lage_id, probe, event_at, report_id)
);

-- why reports are one event: nothing is ever merged away, each row says what it moved and can be undone by a further one
create table reports.link (
  id uuid primary key,
  lage_id uuid not null,
  kind text not null check (kind in ('join', 'merge', 'split', 'undo', 'proposal')),
  moved uuid[] not null,
  from_event uuid,
  to_event uuid not null,
  -- the report whose likeness spoke for it
  other_report uuid,
  reason text not null,
  score double precision,
  parts jsonb,
  -- null: a rule
  member_id text,
  member_name text,
  words text not null default '',
  undoes uuid unique references reports.link,
  at timestamptz not null
);
create index link_to on reports.link (to_event, at);
create index link_from on reports.link (from_event, at);

create table reports.contradiction (
  id uuid primary key,
  lage_id uuid not null,
  topic text not null,
  report_a uuid not null references reports.report,
  report_b uuid not null references reports.report,
  says_a text not null,
  says_b text not null,
  found_at timestamptz not null,
  holds text check (holds in ('a', 'b', 'both', 'neither')),
  reason text,
  resolved_at timestamptz,
  resolved_by text,
  resolved_name text,
  unique (report_a, report_b, topic)
);
create index contradiction_open on reports.contradiction (lage_id, id desc);
create index contradiction_a on reports.contradiction (report_a);
create index contradiction_b on reports.contradiction (report_b);

-- who judged what, and why; append-only
create table reports.assessment (
  id uuid primary key,
  lage_id uuid not null,
  report_id uuid not null references reports.report,
  action text not null check (action in ('confirm', 'refuse', 'reopen', 'grade')),
  reliability text not null,
  credibility smallint not null,
  reason text not null,
  member_id text not null,
  member_name text not null,
  at timestamptz not null
);
create index assessment_of on reports.assessment (report_id, at);

create function reports.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'links and assessments are append-only';
end $$;
create trigger link_append_only before update or delete on reports.link for each row execute function reports.refuse_change();
create trigger assessment_append_only before update or delete on reports.assessment for each row execute function reports.refuse_change();
