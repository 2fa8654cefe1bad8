create schema usage;

-- How often a step was taken, by one thing at a time; always whole tens of different readers.
create table usage.cell (
  day date not null,
  step text not null,
  subject text not null,
  dimension text not null check (dimension in ('all', 'page', 'field', 'origin', 'device', 'lang', 'mode', 'excluded')),
  value text not null,
  count int not null check (count >= 10 and count % 10 = 0),
  primary key (day, step, subject, dimension, value)
);

-- Which batch a process wrote last: a batch that is sent twice counts once.
create table usage.writer (
  id uuid primary key,
  batch int not null,
  day date not null
);

-- Cases that came by other ways than online, as counters counted them.
create table usage.counter_cases (
  month date not null check (extract(day from month) = 1),
  service text not null,
  channel text not null check (channel in ('counter', 'phone', 'post')),
  count int not null check (count >= 0 and count % 10 = 0),
  primary key (month, service, channel)
);
-- Strokes that wait for their ten, without a day and a person.
create table usage.strokes (
  service text not null,
  channel text not null,
  waiting int not null check (waiting between -9 and 9),
  primary key (service, channel)
);

-- Ratings of at least ten cases at a time.
create table usage.rating (
  month date not null check (extract(day from month) = 1),
  service text not null,
  after text not null check (after in ('decision', 'abandonment')),
  count int not null check (count >= 10),
  sum int not null,
  primary key (month, service, after)
);
-- That a case has been rated, not how: an HMAC under the city's key.
create table usage.rated (
  key text primary key
);
-- What people wrote beside a rating; away from the rating and the case.
create table usage.words (
  id uuid primary key,
  month date not null check (extract(day from month) = 1),
  service text not null,
  text text not null
);

create table usage.survey (
  id uuid primary key,
  title text not null,
  source text not null,
  taken_on date not null,
  sample_size int not null check (sample_size >= 10),
  share numeric not null check (share between 0 and 1),
  entered_by text not null,
  entered_at timestamptz not null
);

-- Figures from other systems; they are never mixed with our own.
create table usage.import (
  id uuid primary key,
  source text not null,
  format text not null,
  first_day date not null,
  last_day date not null,
  sha256 text not null unique,
  entered_by text not null,
  entered_at timestamptz not null
);
create table usage.imported (
  import_id uuid not null references usage.import on delete cascade,
  first_day date not null,
  last_day date not null,
  measure text not null,
  subject text not null,
  count bigint not null check (count >= 10),
  primary key (import_id, first_day, last_day, measure, subject)
);
