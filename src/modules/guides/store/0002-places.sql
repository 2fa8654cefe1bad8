-- Places where guides are, for good or for some days.
create table guides.place (
  id uuid primary key,
  -- stands in the address: /hilfe-vor-ort/<key>
  key text not null unique check (key ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  name text not null,
  kind text not null check (kind in ('office', 'popup', 'bus')),
  address text not null,
  -- CRS84
  lon double precision not null,
  lat double precision not null,
  note text not null,
  offers text[] not null,
  access text[] not null,
  -- ISO weekday -> [[from, until], …], HH:MM
  hours jsonb not null,
  closed_on text[] not null,
  starts_on date not null,
  ends_on date check (ends_on >= starts_on),
  slot_minutes integer not null check (slot_minutes between 5 and 240),
  desks integer not null check (desks between 0 and 50),
  changed_at timestamptz not null
);

-- An appointment belongs to whoever has its code; nobody's name is asked for.
create table guides.appointment (
  id uuid primary key,
  place_id uuid not null references guides.place,
  starts_at timestamptz not null,
  desk integer not null check (desk >= 1),
  code_hash text not null unique,
  topic text not null,
  lang text not null,
  -- only for the reminder; gone once it is sent
  email text,
  booked_at timestamptz not null,
  cancelled_at timestamptz
);
-- no desk is given twice
create unique index appointment_taken on guides.appointment (place_id, starts_at, desk) where cancelled_at is null;
create index appointment_reminders on guides.appointment (starts_at) where email is not null;

create table guides.queue_number (
  id uuid primary key,
  place_id uuid not null references guides.place,
  day date not null,
  number integer not null,
  code_hash text not null unique,
  state text not null check (state in ('waiting', 'called', 'served', 'absent', 'left')),
  drawn_at timestamptz not null,
  called_at timestamptz,
  called_by text,
  desk text,
  ended_at timestamptz,
  unique (place_id, day, number)
);
create index queue_number_waiting on guides.queue_number (place_id, day, number) where state = 'waiting';

-- Plain counts of a day and a place: no row is about anybody.
create table guides.consultation (
  day date not null,
  place_key text not null,
  reason text not null,
  length text not null,
  lang text not null,
  count integer not null check (count > 0),
  primary key (day, place_key, reason, length, lang)
);
