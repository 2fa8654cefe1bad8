create schema sheets;

-- What officers entered on the sheets of a case. Fixed by the decision, which keeps its own copy.
create table sheets.mark (
  id uuid primary key,
  case_id uuid not null,
  upload_id uuid not null,
  number int not null,
  page int not null check (page >= 1),
  x_mm double precision not null,   -- from the left edge of the page as it is shown
  y_mm double precision not null,   -- from its upper edge
  kind text not null check (kind in ('vermerk', 'auflage', 'gruen', 'ungueltig')),
  text text not null,
  version int not null,
  written_by text not null,         -- `actorRef` notation
  written_at timestamptz not null,
  unique (case_id, number)
);

-- Numbers are given once: an entry that was removed leaves a gap.
create table sheets.mark_counter (
  case_id uuid primary key,
  last int not null
);
