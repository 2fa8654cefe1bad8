create schema entrance;

-- What the holder of a case has changed about the code that opens its status: no row means version 1, switched on, never
-- looked at. Of a look only how often and when the last one was.
create table entrance.status_code (
  case_id uuid primary key,
  version int not null default 1 check (version >= 1),
  switched_off boolean not null default false,
  looks int not null default 0,
  last_look_at timestamptz
);

-- Figures that pages show, each kind as a whole as it was last computed: processing times, services often used, what
-- followed. Counts below the threshold never come here.
create table entrance.figures (
  kind text primary key check (kind in ('times', 'used', 'followed')),
  computed_at timestamptz not null,
  body jsonb not null
);
