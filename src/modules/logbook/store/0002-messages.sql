-- an entry that names another, or a message, is found from there, too
create index entry_refs on logbook.entry using gin (refs);
create index entry_corrects on logbook.entry (lage_id, corrects) where corrects is not null;

create table logbook.message_book (
  lage_id uuid primary key,
  last_number integer not null
);

create table logbook.message (
  -- made by who sends it, so that a message sent twice is one
  id uuid not null,
  lage_id uuid not null,
  number integer not null,
  direction text not null check (direction in ('in', 'out')),
  priority text not null check (priority in ('none', 'sofort', 'blitz')),
  channel text not null,
  call_sign text not null,
  addressee text not null,
  conversation boolean not null,
  content text not null,
  written_at timestamptz not null,
  sender text not null,
  sign text not null,
  sender_function text not null,
  wants_receipt boolean not null,
  refs text[] not null,
  taken_at timestamptz not null,
  taken_by_id text not null,
  taken_by text not null,
  taken_by_function text not null,
  log_number integer not null,
  sha256 text not null,
  primary key (lage_id, id),
  unique (lage_id, number)
);
create index message_urgent on logbook.message (lage_id, taken_at) where priority <> 'none';

-- stamps, distribution, acknowledgement: only ever added
create table logbook.message_step (
  lage_id uuid not null,
  message_id uuid not null,
  place integer not null,
  kind text not null,
  copy text,
  to_function text,
  ref text,
  note text not null,
  at timestamptz not null,
  by_id text not null,
  by_name text not null,
  by_function text not null,
  sha256 text not null,
  primary key (lage_id, message_id, place),
  foreign key (lage_id, message_id) references logbook.message (lage_id, id)
);
create index message_step_to on logbook.message_step (lage_id, to_function) where to_function is not null;

-- a situation report: each version is a row of its own
create table logbook.report (
  lage_id uuid not null,
  id uuid not null,
  number integer not null,
  version integer not null,
  title text not null,
  as_of timestamptz not null,
  sections jsonb not null,
  written_at timestamptz not null,
  author_id text not null,
  author text not null,
  author_function text not null,
  sha256 text not null,
  primary key (lage_id, id, version),
  unique (lage_id, number, version)
);

create table logbook.report_release (
  lage_id uuid not null,
  report_id uuid not null,
  version integer not null,
  released_at timestamptz not null,
  by_id text not null,
  by_name text not null,
  by_function text not null,
  log_number integer not null,
  primary key (lage_id, report_id, version),
  foreign key (lage_id, report_id, version) references logbook.report (lage_id, id, version)
);

create trigger message_append_only before update or delete on logbook.message for each row execute function logbook.refuse_change();
create trigger message_no_truncate before truncate on logbook.message for each statement execute function logbook.refuse_change();
create trigger step_append_only before update or delete on logbook.message_step for each row execute function logbook.refuse_change();
create trigger step_no_truncate before truncate on logbook.message_step for each statement execute function logbook.refuse_change();
create trigger report_append_only before update or delete on logbook.report for each row execute function logbook.refuse_change();
create trigger report_no_truncate before truncate on logbook.report for each statement execute function logbook.refuse_change();
create trigger release_append_only before update or delete on logbook.report_release for each row execute function logbook.refuse_change();
create trigger release_no_truncate before truncate on logbook.report_release for each statement execute function logbook.refuse_change();
