create schema logbook;

-- the next number of each Lage's log; its row is held while an entry is written, so that numbers have no gap
create table logbook.book (
  lage_id uuid primary key,
  last_number integer not null
);

create table logbook.entry (
  id uuid primary key,
  lage_id uuid not null,
  number integer not null,
  kind text not null,
  text text not null,
  -- when it happened, and when it was written
  event_at timestamptz not null,
  written_at timestamptz not null,
  author_id text not null,
  author text not null,
  organisation text not null,
  function text not null,
  -- ids of picture objects, message:ID, task:ID, log:NUMBER
  refs text[] not null,
  corrects integer,
  -- of the words as the journal holds it
  sha256 text not null,
  unique (lage_id, number)
);
create index entry_newest on logbook.entry (lage_id, number desc);

-- an entry is corrected by a further entry and in no other way
create function logbook.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'entries of the log are append-only';
end $$;
create trigger entry_append_only before update or delete on logbook.entry for each row execute function logbook.refuse_change();
create trigger entry_no_truncate before truncate on logbook.entry for each statement execute function logbook.refuse_change();
