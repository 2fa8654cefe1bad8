create schema procedure;

-- An application being filled in. Its id becomes the case's id: submitting twice cannot make two cases.
create table procedure.draft (
  id uuid primary key,
  account_id uuid not null,
  service text not null,
  package_hash text not null,
  answers jsonb not null default '{}',
  channel text not null default 'postfach' check (channel in ('postfach', 'post')),
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index draft_account on procedure.draft (account_id, updated_at desc);

create sequence procedure.file_serial;

-- A case as folded from its events (`state`), with the columns that lists ask for.
create table procedure.case_file (
  id uuid primary key,
  file_number text not null unique,
  service text not null,
  package_hash text not null,
  authority text not null,
  account_id uuid not null,
  status text not null,
  version int not null,
  state jsonb not null,
  submitted_at timestamptz not null,
  changed_at timestamptz not null,
  decision_due date,
  assignee text,
  remind_on date,
  search_text tsvector not null
);
create index case_account on procedure.case_file (account_id, submitted_at desc);
create index case_inbox on procedure.case_file (authority, status, decision_due);
create index case_assignee on procedure.case_file (assignee) where assignee is not null;
create index case_search on procedure.case_file using gin (search_text);

-- Words of an event that name people. The journal holds their SHA-256 as `contentSha256`.
create table procedure.content (
  case_id uuid not null references procedure.case_file,
  version int not null,
  sha256 text not null,
  content jsonb not null,
  primary key (case_id, version)
);

-- Files of applicants: first with the draft, then with the case (same id).
create table procedure.upload (
  id uuid primary key,
  owner_id uuid not null,        -- draft or case
  account_id uuid not null,
  slot text not null,            -- document id of the package, with item: `photo.2`
  file_name text not null,
  media_type text not null,
  size_bytes bigint not null,
  sha256 text not null,
  uploaded_at timestamptz not null,
  submitted boolean not null default false
);
create index upload_owner on procedure.upload (owner_id, uploaded_at);
create index upload_sha on procedure.upload (sha256);

-- Letters of the authority, as sent.
create table procedure.letter (
  case_id uuid not null references procedure.case_file,
  key text not null,             -- what it answers, e.g. `bescheid.<decision id>`: written once
  kind text not null,
  file_name text not null,
  sha256 text not null,
  written_at timestamptz not null,
  primary key (case_id, key)
);

-- Deadlines are rows, recomputed from the events; a sweeper fires what is due.
create table procedure.deadline (
  case_id uuid not null references procedure.case_file,
  kind text not null check (kind in ('entscheidung', 'nachforderung', 'anhoerung', 'wiedervorlage', 'rechtsbehelf')),
  due_on date not null,
  warned_at timestamptz,
  primary key (case_id, kind)
);
create index deadline_due on procedure.deadline (due_on, kind);

-- Who took part, so that everybody finds their cases again.
create table procedure.participation (
  case_id uuid not null references procedure.case_file,
  staff_id text not null,
  last_at timestamptz not null,
  primary key (case_id, staff_id)
);
create index participation_staff on procedure.participation (staff_id, last_at desc);
