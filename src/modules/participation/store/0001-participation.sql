create schema participation;

-- The Beteiligung of a case as folded from its events: rounds and consultees.
create table participation.case_file (
  case_id uuid primary key,
  version int not null,
  state jsonb not null,
  changed_at timestamptz not null
);

-- Rounds, for the public list and for the clock.
create table participation.round (
  id uuid primary key,
  case_id uuid not null references participation.case_file,
  kind text not null check (kind in ('stellen', 'oeffentlich')),
  status text not null check (status in ('open', 'due', 'closed')),
  title text not null,
  starts_on date not null,
  due_on date not null,
  noticed_on date,
  search_text tsvector not null
);
create index round_case on participation.round (case_id);
create index round_public on participation.round (due_on desc, id) where kind = 'oeffentlich';
create index round_clock on participation.round (due_on) where status = 'open';

-- Consultees, for the clock and for the accounts that took one over.
create table participation.consultation (
  id uuid primary key,
  case_id uuid not null references participation.case_file,
  round_id uuid not null references participation.round,
  status text not null check (status in ('asked', 'answered', 'expired', 'withdrawn')),
  due_on date not null,
  -- the next day the clock has something to do with it; null: nothing any more
  clock_on date,
  claimed_by text
);
create index consultation_case on participation.consultation (case_id);
create index consultation_clock on participation.consultation (clock_on) where clock_on is not null;
create index consultation_claimed on participation.consultation (claimed_by, due_on) where claimed_by is not null;

create sequence participation.statement_serial;

-- Statements of the public and answers of consultees, as folded from their events.
create table participation.statement (
  id uuid primary key,
  case_id uuid not null references participation.case_file,
  round_id uuid not null references participation.round,
  consultation_id uuid references participation.consultation,
  number text not null unique,
  version int not null,
  state jsonb not null,
  received_at timestamptz not null,
  answer text not null,
  late boolean not null,
  weighed boolean not null,
  released boolean not null,
  published boolean not null,
  account_id uuid,
  search_text tsvector not null
);
create index statement_case on participation.statement (case_id, received_at, id);
create index statement_open on participation.statement (case_id) where not weighed;
create index statement_published on participation.statement (round_id, received_at, id) where published;
create index statement_account on participation.statement (account_id, received_at desc) where account_id is not null;
create index statement_search on participation.statement using gin (search_text);

-- Personal links: only the hash of the token is kept. Of a consultee, or of the author of a statement.
create table participation.link (
  token_sha256 text primary key,
  case_id uuid not null references participation.case_file,
  consultation_id uuid references participation.consultation,
  statement_id uuid references participation.statement,
  created_at timestamptz not null,
  revoked_at timestamptz,
  check ((consultation_id is null) <> (statement_id is null))
);
create index link_consultation on participation.link (consultation_id);

-- Words of an event that name people, as JSON text. The journal holds their SHA-256 as `contentSha256`.
create table participation.content (
  subject uuid not null,         -- the case, or the statement
  version int not null,
  sha256 text not null,
  content text not null,
  primary key (subject, version)
);
